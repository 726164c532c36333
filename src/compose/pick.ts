import { checkPick } from '../handoff/assign/check-pick';
import type { Desk } from '../handoff/desk';
import type { Engine } from './engine';

/** Whether an agent may take one more; what is read here may be a moment old, as in every question to a person. */
export const createCheckPick =
  (
    { roster, assigner, routing }: Pick<Engine, 'roster' | 'assigner' | 'routing'>,
    desk: Pick<Desk, 'read'>,
  ) =>
  async (agentId: string, conversationId: string, reason: string | null): Promise<boolean> => {
    const [agent, offers, state] = await Promise.all([
      roster.read(agentId),
      assigner.offersOf(agentId),
      desk.read(conversationId),
    ]);
    const isDanger = state.ownership.priority === 'danger';
    return checkPick({ agent, offers, conversationId, isDanger, reason }, routing);
  };
