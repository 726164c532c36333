import { randomBytes } from 'node:crypto';
import { compose } from '../../../src/channels/app-push/compose';
import { newRecord, type PushRecord } from '../../../src/channels/app-push/plan/record';
import { createDirectLine } from '../../../src/channels/direct-line/conversations';
import { createTokens } from '../../../src/channels/direct-line/tokens';
import { partsOf } from '../../../src/channels/wechat/reply-parts';
import { RECALL_MS } from '../../../src/contract/agent-means';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { messageEntry, until } from '../../support/turns';
import { type DeskHost, startDeskHost } from '../host';

type Person = { id: string; cookie: Record<string, string> };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.4 a contract');

/** Files of agents and messages that they take back, over HTTP, with the real turn. */
describe('beside words', () => {
  let redis: RedisServer;
  let host: DeskHost;
  let anna: Person;
  let ben: Person;
  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDeskHost(redis.url);
    const admin = (await host.accounts.makeAdmin()).cookie;
    anna = await host.accounts.enter(admin, 'anna', 'agent');
    ben = await host.accounts.enter(admin, 'ben', 'agent');
  });
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });
  const post = (who: Person, path: string, body: unknown = {}) =>
    host.accounts.call('POST', `/agent/conversations/${path}`, body, who.cookie);
  const upload = async (who: Person, id: string, bytes: Buffer, key: string) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), 'plan.png');
    const response = await fetch(`${host.accounts.url()}/agent/conversations/${id}/files`, {
      method: 'POST',
      headers: { ...who.cookie, 'Idempotency-Key': key, Origin: host.accounts.url() },
      body: form,
    });
    return response.status;
  };
  const log = async (id: string) =>
    (await host.node.store.readLog(id, 0, 100)).map(({ position, activity }) => ({ position, ...activity }));
  const taken = async (id: string) => {
    await host.queued(id);
    await post(anna, `${id}/claim`);
  };

  it('a file goes out once, and only from whom the conversation is', async () => {
    await taken('files');
    expect(await upload(ben, 'files', PNG, 'k1')).toBe(403);
    expect(await upload(anna, 'files', PNG, 'k1')).toBe(200);
    expect(await upload(anna, 'files', PNG, 'k1')).toBe(200);
    expect(await upload(anna, 'files', PDF, 'k2')).toBe(200);
    expect(await upload(anna, 'files', Buffer.from('<script>'), 'k3')).toBe(415);
    const sent = (await log('files')).flatMap(({ from, attachments }) =>
      from.role === 'agent' ? (attachments ?? []) : [],
    );
    expect(sent.map(({ contentType, contentUrl }) => [contentType, contentUrl?.slice(0, 5)])).toEqual([
      ['image/png', 'file:'],
      ['application/pdf', 'file:'],
    ]);
  });

  it('a channel that carries pictures only gets no other file', async () => {
    const entry = { ...messageEntry('in-wechat', 'm', '人工'), channel: 'wechat' as const };
    await host.node.engine.accept('in-wechat', entry, { isLogged: true });
    await until(async () => (await host.queue.position('in-wechat')) !== null);
    await post(anna, 'in-wechat/claim');
    expect(await upload(anna, 'in-wechat', PDF, 'k1')).toBe(415);
    expect(await upload(anna, 'in-wechat', PNG, 'k2')).toBe(200);
    const picture = (await log('in-wechat')).findLast(({ attachments }) => attachments);
    expect(picture && partsOf(picture)).toEqual([{ type: 'image', file: expect.stringMatching(/\.png$/) }]);
    const refused = await post(anna, 'in-wechat/recall', { position: picture?.position });
    expect([refused.status, refused.body.error.message]).toEqual([409, expect.stringMatching(/channel/)]);
  });

  it('an own message is taken back within two minutes, once, and stays in the transcript', async () => {
    await taken('back');
    await post(anna, 'back/messages', { text: '说错了' });
    const line = (await log('back')).findLast(({ text }) => text === '说错了');
    const recall = (who: Person, position = line?.position) => post(who, 'back/recall', { position });
    expect((await recall(ben)).status).toBe(403);
    expect((await recall(anna, 1)).status).toBe(404);
    host.recallLate.ms = RECALL_MS + 1000;
    expect((await recall(anna)).status).toBe(409);
    host.recallLate.ms = 0;
    expect((await recall(anna)).status).toBe(200);
    expect((await recall(anna)).status).toBe(200);
    const notices = (await log('back')).filter(({ name }) => name === 'message.recalled');
    expect(notices.map(({ value }) => value)).toEqual([{ id: `back|${line?.position}` }]);
    const { body } = await host.accounts.call('GET', '/agent/conversations/back', undefined, anna.cookie);
    const shown = body.transcript as { text?: string; recalls?: number; from: { agentId?: string } }[];
    expect(shown.find(({ text }) => text === '说错了')?.from.agentId).toBe(anna.id);
    expect(shown.find(({ recalls }) => recalls !== undefined)?.recalls).toBe(line?.position);
  });

  it('what was taken back is in no history that its customer reads, however it is read', async () => {
    await taken('gone');
    await post(anna, 'gone/messages', { text: '别人的账单' });
    await upload(anna, 'gone', PNG, 'k1');
    await post(anna, 'gone/messages', { text: '留下的话' });
    const agentLines = (await log('gone')).filter(
      ({ from, type }) => type === 'message' && from.role === 'agent',
    );
    for (const { position } of agentLines.slice(0, 2)) await post(anna, 'gone/recall', { position });
    const history = createDirectLine({
      engine: host.node.engine,
      store: host.node.store,
      tokens: createTokens(randomBytes(32).toString('base64'), Date.now),
      clock: Date.now,
      mask: (text) => ({ text, sealed: {} }),
      signFiles: (activity) => activity,
      socketUrl: () => 'ws://127.0.0.1',
    });
    // From the beginning, as a page that is opened anew, and from a watermark, as a socket that comes back.
    for (const after of [0, (agentLines[0]?.position ?? 0) - 1]) {
      const { activities } = await history.readSet('gone', after);
      const shown = activities.filter(({ from, type }) => type === 'message' && from.role === 'agent');
      expect(shown.map(({ text, attachments }) => [text, attachments])).toEqual([
        ['', undefined],
        ['', undefined],
        ['留下的话', undefined],
      ]);
      expect(shown[0]?.channelData).toEqual({ recalled: true });
      expect(JSON.stringify(activities)).not.toMatch(/别人的账单|file:/);
    }
  });

  it('what was taken back is in no push to a phone either', async () => {
    await taken('pushed');
    await post(anna, 'pushed/messages', { text: '别人的账单' });
    const position = (await log('pushed')).findLast(({ text }) => text === '别人的账单')?.position ?? 0;
    const owed = { id: 'owed', position, count: 1, owedAt: 1, heardAt: null, isDanger: false };
    const record: PushRecord = {
      ...newRecord('customer-1'),
      items: [{ ...owed, orderNumber: null, state: 'queued', reason: null }],
    };
    const settings = { hasText: true, titles: { zh: '在线客服', en: 'Customer service' } };
    const textOf = async () => {
      const dependencies = { store: host.node.store, settings, findEntities: () => [] };
      const { push } = await compose(dependencies, 'pushed', 'message', { record, now: 1 });
      return JSON.parse(push.body).text;
    };
    expect(await textOf()).toBe('别人的账单');
    await post(anna, 'pushed/recall', { position });
    expect(await textOf()).toBe('您有一条新消息');
  });
});
