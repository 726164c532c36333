import { z } from 'zod';
import type { Activity } from '../../contract/activity';
import type { Command, ConversationState, Entry } from '../../contract/conversation';
import { fieldOf } from './push';

/** The command that a push is owed for a turn's replies, in case nobody reads them. */
export const OWE_PUSH = 'app-push.owe';

export const owedArgsSchema = z.object({
  /** When the customer had last written; null when that is not what the turn answers. */
  heardAt: z.number().nullable(),
  isDanger: z.boolean(),
  /** The work order that the replies are about. */
  orderNumber: z.string().nullable(),
});

/** Nobody has asked for these: news, reminders, what ends by itself. */
const isUnasked = (activity: Activity): boolean =>
  activity.name === 'order.changed' ||
  activity.name === 'incident.changed' ||
  (activity.name === 'timer.due' && fieldOf(activity.value, 'subject') !== 'call');

function orderOf({ name, value }: Activity): string | null {
  const isResult = name === 'call.result';
  const source = isResult ? fieldOf(fieldOf(value, 'outcome'), 'value') : value;
  const number = fieldOf(fieldOf(source, 'order'), 'number') ?? (isResult ? null : fieldOf(value, 'number'));
  return typeof number === 'string' ? number : null;
}

/**
 * What is owed for the replies of a turn in the operator's app. Null where nothing is: to who has only opened the chat,
 * it is enough to be greeted when they look.
 */
export function owedPushOf(
  state: Pick<ConversationState, 'channel' | 'session' | 'ownership'>,
  { activity }: Entry,
): Pick<Command, 'operation' | 'args'> | null {
  const { channel, session } = state;
  if (channel !== 'app' || session === null || activity.type === 'conversationUpdate') return null;
  const args: z.infer<typeof owedArgsSchema> = {
    heardAt: isUnasked(activity) ? null : session.lastAt,
    isDanger: state.ownership.priority === 'danger',
    orderNumber: orderOf(activity),
  };
  return { operation: OWE_PUSH, args };
}
