import { once } from 'node:events';
import { type AddressInfo, WebSocket, WebSocketServer } from 'ws';
import { type ReaderWatch, watchReader } from '../../../src/channels/direct-line/reader-watch';
import { until } from '../../support/turns';

describe('a stream that is watched', () => {
  const seen: string[] = [];
  const readers: ReaderWatch = {
    renewMs: 10,
    noteRead: (_id, position) => void seen.push(`read ${position}`),
    enter: () => ({ renew: () => void seen.push('renew'), leave: () => void seen.push('leave') }),
  };
  let server: WebSocketServer;
  beforeEach(async () => {
    seen.length = 0;
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function open(options: { autoPong: boolean; watermark: number }) {
    const { port } = server.address() as AddressInfo;
    const connected = once(server, 'connection');
    const client = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong: options.autoPong });
    const [socket] = (await connected) as [WebSocket];
    const watch = watchReader(readers, { socket, conversationId: 'c', watermark: options.watermark });
    return { client, socket, watch };
  }

  it('has read what its client answered the ping after it for', async () => {
    const { client, watch } = await open({ autoPong: true, watermark: 3 });
    expect(seen).toEqual(['read 3']);
    watch.sent(5);
    watch.sent(6);
    await until(() => seen.includes('read 6'));
    expect(seen.filter((each) => each.startsWith('read'))).toEqual(['read 3', 'read 5', 'read 6']);
    await until(() => seen.includes('renew'));
    client.terminate();
    await until(() => seen.includes('leave'));
  });

  it('has read nothing that was not answered, or not sent', async () => {
    const { client, socket, watch } = await open({ autoPong: false, watermark: 0 });
    const asked = once(client, 'ping');
    watch.sent(5);
    await asked;
    for (const claim of ['9', '', 'x', '-1', '4.5']) client.pong(claim);
    const heard = once(socket, 'message');
    client.send('after the pongs');
    await heard;
    expect(seen.filter((each) => each.startsWith('read'))).toEqual([]);
    client.terminate();
    await until(() => seen.includes('leave'));
  });
});
