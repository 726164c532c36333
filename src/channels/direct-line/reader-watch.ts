import type { WebSocket } from 'ws';

/** Told of who reads which conversation, for whoever must know on other nodes; never waited for. */
export interface ReaderWatch {
  /** How often an open stream says that it still is. */
  renewMs: number;
  /** A client has the lines up to a position. */
  noteRead(conversationId: string, position: number): void;
  /** A stream has opened. */
  enter(conversationId: string): { renew(): void; leave(): void };
}

/** A socket that has not answered for so long is not believed to be read. */
const ANSWER_MS = 10_000;

/**
 * Watches what a stream's client has: every frame is followed by a ping that names its watermark, and the pong to it
 * says that the frame arrived (RFC 6455, 5.5.3: a pong carries what its ping did, and frames come in order).
 */
export function watchReader(
  readers: ReaderWatch,
  { socket, conversationId, watermark }: { socket: WebSocket; conversationId: string; watermark: number },
): { sent(watermark: number): void } {
  const presence = readers.enter(conversationId);
  let asked = watermark;
  let answered = watermark;
  let answeredAt = Date.now();
  if (watermark > 0) readers.noteRead(conversationId, watermark);
  socket.on('pong', (data) => {
    const position = Number(data.toString());
    if (!Number.isInteger(position) || position <= answered || position > asked) return;
    answered = position;
    answeredAt = Date.now();
    readers.noteRead(conversationId, position);
  });
  const timer = setInterval(() => {
    if (answered >= asked || Date.now() - answeredAt < ANSWER_MS) presence.renew();
  }, readers.renewMs);
  socket.on('close', () => {
    clearInterval(timer);
    presence.leave();
  });
  return {
    sent(position) {
      if (answered >= asked) answeredAt = Date.now();
      asked = position;
      socket.ping(String(position));
    },
  };
}
