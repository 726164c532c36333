import type { Session } from './session';

/** What a customer who waits for a human is shown. */
export interface QueuePlace {
  /** Counted from 1; null when the conversation is not in the line any more, or it is not known. */
  position: number | null;
  /** How long it still takes; null while that is not known. */
  waitMinutes: number | null;
}

/** How often somebody who waits learns how far the line has moved. */
const EVERY_MS = 5000;

/** Asks for the place in the line for as long as it is watched; a call that fails is asked again. */
export function watchQueue(options: {
  session: Pick<Session, 'call'>;
  conversationId: () => string | null;
  onPlace: (place: QueuePlace) => void;
}): { close(): void } {
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    const id = options.conversationId();
    if (id !== null) {
      const path = `/v3/directline/conversations/${id}/queue`;
      const place = await options.session.call<QueuePlace>('GET', path).catch(() => null);
      if (place && !isClosed) options.onPlace(place);
    }
    if (!isClosed) timer = setTimeout(look, EVERY_MS);
  }

  void look();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
