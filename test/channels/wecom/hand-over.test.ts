import { createHandOver } from '../../../src/channels/wecom/hand-over';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { silent } from '../../support/turns';
import { KF_ID, startWecomHost, type WecomHost } from './host';

let server: RedisServer;
let host: WecomHost;
beforeAll(async () => {
  server = await startRedisServer();
  host = await startWecomHost(server.url, { account: { handoff: 'wecom' } });
});
afterAll(async () => {
  await host.stop();
  await server.stop();
});

const handOver = (user: string, owner: string | null, changes: Record<string, unknown> = {}) => {
  const account = { ...host.account, ...changes };
  const accounts = new Map([[account.name, account]]);
  const readOwner = async () => owner;
  return createHandOver({ api: host.sender.api, accounts, readOwner, log: silent })(
    'any',
    `kf/${KF_ID}/${user}`,
  );
};

describe('a customer who wants a human', () => {
  it('waits in the queue of WeCom’s servicers, once', async () => {
    await handOver('wm-1', 'queued');
    expect(host.wecom.api.stateOf('wm-1')).toBe(2);
    host.wecom.api.setState('wm-1', 3);
    await handOver('wm-1', 'queued');
    expect(host.wecom.api.stateOf('wm-1')).toBe(3);
  });

  it('is left where they are while the bot serves, with our own desk, and when WeCom does not take over', async () => {
    await handOver('wm-2', 'bot');
    await handOver('wm-2', null);
    await handOver('wm-2', 'queued', { handoff: 'desk' });
    expect(host.wecom.api.stateOf('wm-2')).toBe(0);
    host.wecom.api.setState('wm-2', 4);
    await handOver('wm-2', 'queued');
    expect(host.wecom.api.stateOf('wm-2')).toBe(4);
  });

  it('is asked for again when nobody knows whether WeCom did it', async () => {
    await expect(handOver('wm-3', 'queued', { apiBase: 'http://127.0.0.1:1' })).rejects.toThrow(
      'did not say',
    );
  });
});
