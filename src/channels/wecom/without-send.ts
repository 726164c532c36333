import type { Item } from '../wechat/next-move';
import { textOf } from '../wechat/reply-parts';

/** Why a welcome is held: there is no window to send it in before the customer has written. */
export const FIRST_MESSAGE = 'first-message';

type Outcome = Pick<Item, 'state' | 'reason'> & Partial<Item>;

/**
 * What becomes of a message that may not be sent now: an answer waits for the customer's next message until its window
 * shuts; then, and at once where it is news, it goes as a text message to a verified phone, if there is one.
 */
export async function withoutSend(
  { id, part, phone, isNotice, reason }: Item,
  why: 'quota' | 'window',
  sendText: (message: { phone: string; text: string }, key: string) => Promise<void>,
): Promise<Outcome> {
  if (reason === FIRST_MESSAGE) return { state: 'held', reason };
  if (part.type === 'text' && phone !== null && (why === 'window' || isNotice)) {
    await sendText({ phone, text: textOf(part) }, id);
    return { state: 'sent', route: 'sms', reason: null };
  }
  return why === 'quota' ? { state: 'held', reason: 'quota' } : { state: 'not-delivered', reason: 'window' };
}
