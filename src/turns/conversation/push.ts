import type { Activity, ChannelId } from '../../contract/activity';
import type { Command, Entry } from '../../contract/conversation';

/**
 * Channels that must be sent every reply, by the operation that sends it; clients of the others read the log. The
 * command is committed with the reply, so that neither is ever without the other.
 */
const OPERATIONS: Partial<Record<ChannelId, string>> = {
  wechat: 'wechat.deliver',
  wecom: 'wecom.deliver',
  'bot-framework': 'bot-framework.deliver',
};

/** Channels that are told when a session is over. */
export const knowsEnd = (channel: ChannelId): boolean => channel === 'bot-framework';

export const isPushed = (channel: ChannelId): boolean => OPERATIONS[channel] !== undefined;

/** Calls whose answer is told as a business confirmation. */
const CONFIRMED: readonly unknown[] = ['work-order.create', 'operator.reserve-slot'];

/** A field of what may not even be an object. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

/** What confirms business must not arrive twice; an answer or a notice may, rather than not at all. */
function isConfirmation({ name, value }: Activity): boolean {
  if (name === 'order.registered' || name === 'order.changed' || name === 'incident.changed') return true;
  return name === 'call.result' && CONFIRMED.includes(fieldOf(value, 'operation'));
}

/** Subjects of timers that say something of an order or an incident. */
const TIMED_NOTICES: readonly unknown[] = ['held-text', 'incident', 'visit'];

/** Told without being asked: news of an order, of its promise, or of a mass outage. */
const isNotice = ({ name, value }: Activity): boolean =>
  name === 'order.changed' ||
  name === 'order.lapsed' ||
  name === 'incident.changed' ||
  (name === 'timer.due' && TIMED_NOTICES.includes(fieldOf(value, 'subject')));

/** The command that sends a reply; null on channels whose clients read the log. */
export function deliveryOf(
  channel: ChannelId,
  entry: Entry,
  reply: Activity,
): Pick<Command, 'operation' | 'args'> | null {
  const operation = OPERATIONS[channel];
  if (!operation) return null;
  const mayRepeat = !isConfirmation(entry.activity);
  // The channel's own id of what is answered; only some channels thread replies by it.
  const replyTo = entry.activity.id ?? null;
  return { operation, args: { activity: reply, mayRepeat, isNotice: isNotice(entry.activity), replyTo } };
}
