import type { Entry } from '../contract/conversation';
import { turnIdOf } from './keys';

/** An entry for one of our own events: a timer, the outcome of a call, an agent's step, a changed order. */
export function eventEntry(event: {
  conversationId: string;
  /** The same key is the same event, however often it is sent. */
  key: string;
  name: string;
  value: unknown;
  at: number;
  from?: string;
}): Entry {
  return {
    turnId: turnIdOf(event.conversationId, event.key),
    key: event.key,
    at: event.at,
    channel: null,
    customer: null,
    isStaffed: false,
    sealed: {},
    activity: { type: 'event', name: event.name, value: event.value, from: { id: event.from ?? 'service' } },
  };
}
