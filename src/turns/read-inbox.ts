import type { Entry } from '../contract/conversation';
import { eventEntry } from './event-entry';
import type { Lease } from './turn-store';
import { upcastEntry } from './upcast';

/** `<turn id>\n<position>\n<entry>`. What cannot be read is no reason to throw: it was accepted, and must be settled. */
export function readInbox(
  conversationId: string,
  head: string,
): Pick<Lease, 'entry' | 'position' | 'damage'> {
  const first = head.indexOf('\n');
  const second = head.indexOf('\n', first + 1);
  const position = Number(head.slice(first + 1, second));
  const stored = head.slice(second + 1);
  try {
    return { position, entry: upcastEntry(JSON.parse(stored)), damage: null };
  } catch (thrown) {
    const event = { conversationId, key: 'unreadable', name: 'unreadable', value: null, at: Date.now() };
    const entry: Entry = { ...eventEntry(event), turnId: head.slice(0, first) };
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { position, entry, damage: { error, stored } };
  }
}
