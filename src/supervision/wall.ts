import type { ConversationState } from '../contract/conversation';
import type { Colleague, GroupView } from '../contract/desk';
import type { LiveConversation, OrderAtRisk, Wall } from '../contract/supervision';
import type { AgentQueue, NotedOwner, QueueEntry } from '../handoff/agent-queue';
import { maskPhones } from '../handoff/mask-personal';

export interface WallDependencies {
  queue: Pick<AgentQueue, 'list' | 'owners'>;
  /** Null for a conversation that is not known (any more). */
  readState: (conversationId: string) => Promise<ConversationState | null>;
  colleagues: () => Promise<Colleague[]>;
  groups: () => Promise<GroupView[]>;
  /** Where people work, by their accounts. */
  readPlaces: () => Promise<{ id: string; site: string | null; team: string | null }[]>;
  readOrdersAtRisk: (before: number) => Promise<OrderAtRisk[]>;
  clock: () => number;
}

/** A promise that lapses within the half hour can still be kept. */
const AT_RISK_MS = 30 * 60_000;
const QUEUE_LIMIT = 1000;
const HELD_LIMIT = 1000;

const waitingOf = ({
  conversationId,
  channel,
  priority,
  since,
  reason,
  dialog,
  lastText,
}: QueueEntry): LiveConversation => ({
  conversationId,
  channel,
  owner: 'queued',
  agentId: null,
  priority,
  since,
  reason,
  dialog,
  lastText: maskPhones(lastText),
});

/** Null for one that nobody has any more: who has it is always read from the conversation itself. */
function heldOf(state: ConversationState | null): LiveConversation | null {
  if (state?.ownership.owner !== 'human') return null;
  const { conversationId, channel, ownership, dialog, lastText } = state;
  const { owner, agentId, priority, since, reason } = ownership;
  const open = dialog?.frames[0]?.dialog ?? null;
  return {
    conversationId,
    channel,
    owner,
    agentId,
    priority,
    since,
    reason,
    dialog: open,
    lastText: maskPhones(lastText),
  };
}

async function ownersOf(queue: Pick<AgentQueue, 'owners'>): Promise<NotedOwner[]> {
  const owners: NotedOwner[] = [];
  let cursor = '0';
  do {
    const page = await queue.owners(cursor);
    owners.push(...page.owners);
    cursor = page.cursor;
  } while (cursor !== '0' && owners.length < HELD_LIMIT);
  return owners.slice(0, HELD_LIMIT);
}

/** What goes on now: who waits where and how long, who works on what, and which promises are in danger. */
export async function readWall(deps: WallDependencies): Promise<Wall> {
  const at = deps.clock();
  const [entries, owners, agents, groups, ordersAtRisk, places] = await Promise.all([
    deps.queue.list(QUEUE_LIMIT),
    ownersOf(deps.queue),
    deps.colleagues(),
    deps.groups(),
    deps.readOrdersAtRisk(at + AT_RISK_MS),
    deps.readPlaces(),
  ]);
  const states = await Promise.all(owners.map(({ conversationId }) => deps.readState(conversationId)));
  const held = states.map(heldOf).filter((each) => each !== null);
  const longest = (group: string) =>
    Math.max(
      0,
      ...entries.filter((entry) => entry.group === group).map(({ waitingSeconds }) => waitingSeconds),
    );
  return {
    at,
    groups: groups.map(({ id, name, waiting, onDuty }) => ({
      id,
      name,
      waiting,
      onDuty,
      longestWaitSeconds: longest(id),
    })),
    agents: agents.map((agent) => {
      const { site = null, team = null } = places.find(({ id }) => id === agent.id) ?? {};
      return { ...agent, site, team };
    }),
    conversations: [...entries.map(waitingOf), ...held.sort((a, b) => a.since - b.since)],
    ordersAtRisk,
  };
}
