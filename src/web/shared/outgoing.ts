import type { Locale } from '../../contract/activity';
import { CallError } from './call';
import type { Keep, Session } from './session';

/** How a message of the customer's is doing on its way. */
export type SendState = 'sending' | 'waiting' | 'slow' | 'failed';

export interface Unsent {
  id: string;
  text: string;
  /** Of the device's clock; only to show them in order. */
  at: number;
}

export interface OutgoingOptions {
  session: Session;
  keep: Keep;
  locale: () => Locale;
  conversationId: () => string | null;
  onState: (id: string, state: SendState) => void;
  /** Named anew in tests. */
  pause?: (ms: number) => Promise<void>;
}

const LONGEST_PAUSE_MS = 15_000;

export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/**
 * Texts on their way: kept until the server shows them in the conversation's log, sent one after the other, so that
 * they arrive in order. The same id is the same message, however often it arrives and from however many tabs.
 */
export function createOutgoing(options: OutgoingOptions) {
  const { session, keep, locale, conversationId, onState } = options;
  const pause = options.pause ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const stored: Unsent[] = JSON.parse(keep.read('unsent') ?? '[]');
  const unsent = new Map(stored.map((message) => [message.id, message]));
  let line: Promise<void> = Promise.resolve();
  let isClosed = false;
  const write = () => keep.write('unsent', JSON.stringify([...unsent.values()]));

  async function post({ id, text }: Unsent): Promise<void> {
    const conversation = conversationId();
    if (conversation === null) throw new CallError(0, 'not-begun', 0);
    const body = { type: 'message', text, locale: locale(), channelData: { clientActivityID: id } };
    await session.call('POST', `/v3/directline/conversations/${conversation}/activities`, { body });
  }

  /** Until the server has it. One that it refuses for good is left, for the customer to take back or try again. */
  async function deliver(message: Unsent): Promise<void> {
    for (let attempt = 0; unsent.has(message.id) && !isClosed; attempt += 1) {
      onState(message.id, attempt === 0 ? 'sending' : 'waiting');
      try {
        return await post(message);
      } catch (error) {
        const { status, retryAfterMs } = error instanceof CallError ? error : new CallError(0, '', 0);
        if (status === 400 || status === 413) return onState(message.id, 'failed');
        if (status === 429) onState(message.id, 'slow');
        await pause(Math.max(retryAfterMs, Math.min(400 * 2 ** attempt, LONGEST_PAUSE_MS)));
      }
    }
  }

  const enqueue = (message: Unsent) => {
    line = line.then(() => deliver(message));
  };
  for (const message of unsent.values()) enqueue(message);

  return {
    unsent: (): Unsent[] => [...unsent.values()],
    send(text: string): Unsent {
      const message = { id: newId(), text, at: Date.now() };
      unsent.set(message.id, message);
      write();
      enqueue(message);
      return message;
    },
    retry(id: string): void {
      const message = unsent.get(id);
      if (message) enqueue(message);
    },
    /** The customer takes back what the server refused, or the log shows it. */
    forget(id: string): void {
      if (unsent.delete(id)) write();
    },
    close(): void {
      isClosed = true;
    },
  };
}
