import { openConnection, type Status } from '../../../src/web/shared/connection';
import type { Session } from '../../../src/web/shared/session';
import { until } from '../../support/turns';

/** A socket that closes as soon as it is told to, and nothing else. */
function createSocket() {
  const socket = { bufferedAmount: 0, readyState: 1, send: () => undefined, close: () => undefined };
  return socket as unknown as WebSocket;
}

describe('a conversation that a page stays with', () => {
  it('is over when the server begins another, into which nothing is put unseen', async () => {
    const conversations = ['first', 'second'];
    const call = async () => ({ conversationId: conversations.shift(), token: 't', streamUrl: 'ws://x' });
    const statuses: Status[] = [];
    const sockets: WebSocket[] = [];
    const connection = openConnection({
      session: { call, renew: () => undefined, drop: () => undefined } as unknown as Session,
      onActivities: () => undefined,
      onStatus: (status) => void statuses.push(status),
      openSocket: () => {
        const socket = createSocket();
        sockets.push(socket);
        return socket;
      },
    });
    await until(() => sockets.length === 1);
    sockets[0]?.onclose?.({ code: 1006, reason: '' } as CloseEvent);
    await until(() => statuses.includes('offline'));
    connection.wake();
    await until(() => statuses.includes('ended'));
    expect(connection.conversationId()).toBe('first');
    expect(sockets).toHaveLength(1);
    connection.close();
  });
});
