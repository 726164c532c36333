import { io } from 'socket.io-client';
import type { FromDesk, ToDesk } from '../../../handoff/live/words';

/** The desk's socket: hints of what has changed. It comes back by itself, and then what was missed is read again. */
export interface LiveSocket {
  /** From now on the page hears of these conversations. */
  watch(conversationIds: string[]): void;
  typing(conversationId: string): void;
  isUp(): boolean;
  close(): void;
}

type Listeners = { [N in keyof ToDesk]: ToDesk[N] };

export interface LiveOptions extends Listeners {
  /** Connected, for the first time or again: hints may have been missed. */
  onUp: () => void;
  onDown: () => void;
  /** The server has cut it: it ends, or the sign-in is over. */
  onCut: () => void;
}

export function openLive({ onUp, onDown, onCut, ...listeners }: LiveOptions): LiveSocket {
  let watched: string[] = [];
  const socket = io({
    path: '/agent/live',
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
  });
  socket.on('connect', () => {
    socket.emit('watch' satisfies keyof FromDesk, watched);
    onUp();
  });
  socket.on('disconnect', (reason) => {
    onDown();
    if (reason !== 'io server disconnect') return;
    onCut();
    // A socket that the server has cut does not come back by itself.
    socket.connect();
  });
  socket.on('connect_error', onDown);
  for (const [name, listener] of Object.entries(listeners)) socket.on(name, listener as () => void);
  return {
    watch(ids) {
      const isSame = ids.length === watched.length && ids.every((id, i) => id === watched[i]);
      watched = ids;
      if (!isSame && socket.connected) socket.emit('watch' satisfies keyof FromDesk, ids);
    },
    typing: (id) => socket.volatile.emit('typing' satisfies keyof FromDesk, id),
    isUp: () => socket.connected,
    close: () => void socket.close(),
  };
}
