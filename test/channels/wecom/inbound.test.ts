import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { conversationIdOf } from '../../../src/channels/wecom/account';
import { readInbound } from '../../../src/channels/wecom/kf-message';
import type { Action } from '../../../src/channels/wecom/simulator/kf-entries';
import type { Activity } from '../../../src/contract/activity';
import type { TurnFunction } from '../../../src/turns/engine';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';
import { readSeen, scriptedTurn } from '../wechat/scripted-turn';
import { KF_ID, startWecomHost, type WecomHost } from './host';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let server: RedisServer;
let host: WecomHost | null = null;
let users = 0;
let accounts = 0;
beforeAll(async () => {
  server = await startRedisServer();
});
afterEach(async () => {
  await host?.stop();
  host = null;
});
afterAll(() => server.stop());

const newUser = () => `wm-in-${++users}`;
/** Each test has an account of its own: its cursor begins at the beginning. */
const fresh = () => ({ name: `in-${++accounts}` });
const conversationOf = (user: string) =>
  conversationIdOf({ account: `in-${accounts}`, openKfId: KF_ID, externalUserId: user });

/** Says nothing, and keeps what it was given. */
function listening(): { heard: Activity[]; turn: TurnFunction } {
  const heard: Activity[] = [];
  const turn = scriptedTurn(null, 'wecom');
  const run: TurnFunction['run'] = (input) => {
    const { activity } = input.entry;
    heard.push(activity);
    return turn.run({ ...input, entry: { ...input.entry, activity: { ...activity, text: 'silent' } } });
  };
  return { heard, turn: { ...turn, run } };
}

/** The activities that a customer's actions became, without the first greeting. */
async function become(actions: Action[], options: Parameters<typeof startWecomHost>[1] = {}) {
  const { heard, turn } = listening();
  host = await startWecomHost(server.url, { turn, ...options, account: { ...options.account, ...fresh() } });
  const user = newUser();
  for (const action of actions) await host.wecom.act(user, action);
  const wanted = () => heard.filter(({ type, channelData }) => type !== 'conversationUpdate' || channelData);
  await until(() => wanted().length >= actions.length);
  return { user, heard: wanted() };
}

const seenBy = async (user: string) =>
  readSeen((await host?.node.store.readState(conversationOf(user))) ?? '');

describe('what a customer of WeCom sends becomes', () => {
  it('words, masked before they are stored', async () => {
    const { heard, user } = await become([{ type: 'text', text: 'my secret' }]);
    expect(heard).toMatchObject([
      { type: 'message', text: 'my [x]', from: { id: `in-${accounts}/${KF_ID}/${user}` } },
    ]);
  });

  it('the words of a tapped choice, a place, and a voice that nobody made out', async () => {
    const label = '广东省广州市海珠区新港中路397号';
    const { heard } = await become([
      { type: 'tap', text: '明天', option: 2 },
      { type: 'location', label, latitude: 23.1, longitude: 113.3 },
      { type: 'voice' },
    ]);
    expect(heard).toMatchObject([
      { text: '明天' },
      { text: label, channelData: { location: { latitude: 23.1, longitude: 113.3 } } },
      { text: '', channelData: { voice: 'unheard' }, attachments: [{ contentType: 'audio/amr' }] },
    ]);
  });

  it('what a transcription service understood of a voice', async () => {
    const { heard } = await become([{ type: 'voice' }], {
      transcribe: async ({ format }) => `断网了 ${format}`,
    });
    expect(heard).toMatchObject([{ text: '断网了 amr', channelData: { voice: 'heard' } }]);
  });

  it('pictures, documents and videos in our own store', async () => {
    const mp4 = Buffer.concat([Buffer.alloc(4), Buffer.from('ftypisom'), Buffer.alloc(20)]);
    const { heard } = await become([
      { type: 'image', bytes: PICTURE.toString('base64') },
      { type: 'file', bytes: Buffer.from('%PDF-1.7 bill').toString('base64') },
      { type: 'video', bytes: mp4.toString('base64') },
    ]);
    const urls = heard.map(({ attachments }) => attachments?.[0]?.contentUrl ?? '');
    expect(urls.map((url) => url.replace(/[0-9a-f]{64}/, 'x'))).toEqual([
      'file:x.png',
      'file:x.pdf',
      'file:x.mp4',
    ]);
    expect((await host?.files.get(urls[2]?.slice(5) ?? ''))?.bytes).toEqual(mp4);
  });

  it('something that can be named, where a machine can do no more', async () => {
    const { heard } = await become([
      { type: 'link', title: '资费 secret', url: 'https://example.com/a' },
      { type: 'link', title: '', url: 'file:0.png' },
      { type: 'other', kind: 'business_card' },
      { type: 'file', bytes: Buffer.from('MZ no document').toString('base64') },
    ]);
    expect(heard.map(({ text, attachments }) => ({ text, ...attachments?.[0] }))).toEqual([
      { text: '', contentType: 'text/uri-list', contentUrl: 'https://example.com/a', name: '资费 [x]' },
      { text: '', contentType: 'text/uri-list', contentUrl: undefined, name: 'link' },
      { text: '', contentType: 'application/octet-stream', name: 'business_card' },
      { text: '', contentType: 'application/octet-stream', name: 'unreadable' },
    ]);
  });

  it('a message without its picture when three tries could not fetch it, and what follows is not held up', async () => {
    const { heard, turn } = listening();
    host = await startWecomHost(server.url, { turn, account: fresh() });
    const user = newUser();
    host.wecom.api.put({
      msgid: 'lost-1',
      send_time: Math.floor(Date.now() / 1000),
      origin: 3,
      open_kfid: KF_ID,
      external_userid: user,
      msgtype: 'image',
      image: { media_id: 'gone' },
    });
    await host.wecom.act(user, { type: 'text', text: 'still there?' });
    await until(() => heard.some(({ text }) => text === 'still there?'));
    expect(heard.find(({ attachments }) => attachments)?.attachments).toEqual([
      { contentType: 'image/*', name: 'not fetched' },
    ]);
  });

  it('the scene by which somebody came, for dialogs and agents', async () => {
    const { heard } = await become([{ type: 'enter', scene: 'shop-12' }]);
    expect(heard).toMatchObject([{ type: 'conversationUpdate', channelData: { scene: 'shop-12' } }]);
  });

  it('steps of an agent, when a servicer of WeCom takes it, passes it on and ends it', async () => {
    const { heard, turn } = listening();
    host = await startWecomHost(server.url, { turn, account: fresh() });
    const user = newUser();
    await host.wecom.act(user, { type: 'text', text: 'hello' });
    const step = { type: 'servicer', servicer: 'zhangsan', next: 'lisi' } as const;
    for (const each of ['take', 'pass', 'end'] as const) await host.wecom.act(user, { ...step, step: each });
    await until(() => heard.some(({ name }) => name === 'agent.close'));
    expect(
      heard.filter(({ type }) => type === 'event').map(({ name, value }) => ({ name, value })),
    ).toMatchObject([
      { name: 'agent.claim', value: { agentId: 'wecom:zhangsan', agentName: 'zhangsan' } },
      { name: 'agent.transfer', value: { agentId: 'wecom:zhangsan' } },
      { name: 'agent.claim', value: { agentId: 'wecom:lisi' } },
      { name: 'agent.close', value: { agentId: 'wecom:zhangsan' } },
    ]);
  });
});

describe('what means nothing', () => {
  const common = { msgid: 'm', send_time: 1, open_kfid: KF_ID, external_userid: 'wm' };

  it.each([
    [{ ...common, origin: 5, msgtype: 'text', text: { content: 'a servicer' } }],
    [{ ...common, origin: 4, msgtype: 'event', event: { event_type: 'servicer_status_change' } }],
    [{ ...common, origin: 3, external_userid: 'a/b', msgtype: 'text', text: { content: 'x' } }],
    [{ origin: 3, msgtype: 'text' }],
    [null],
    ['text'],
  ])('is passed over: %j', (entry) => {
    expect(readInbound(entry)).toBeNull();
  });

  it('is what was written before the account was connected here', async () => {
    const { heard, turn } = listening();
    host = await startWecomHost(server.url, { turn, account: fresh() });
    const entry = { ...common, origin: 3, external_userid: newUser(), msgtype: 'text' };
    const now = Math.floor(Date.now() / 1000);
    host.wecom.api.put({ ...entry, msgid: 'old', send_time: now - 3600, text: { content: 'yesterday' } });
    host.wecom.api.put({ ...entry, msgid: 'new', send_time: now, text: { content: 'now' } });
    await host.wecom.callBack();
    await until(() => heard.some(({ text }) => text === 'now'));
    expect(heard.some(({ text }) => text === 'yesterday')).toBe(false);
  });
});

describe('fetching', () => {
  it('goes on until there is nothing more, each message once and in order', async () => {
    const { heard, turn } = listening();
    host = await startWecomHost(server.url, { turn, account: fresh(), pageLimit: 3 });
    const user = newUser();
    const texts = Array.from({ length: 20 }, (_, i) => `n${i}`);
    for (const text of texts) host.wecom.put(user, { type: 'text', text });
    await Promise.all([host.wecom.callBack(), host.wecom.callBack(), host.wecom.callBack()]);
    await until(async () => (await seenBy(user)).seen.length === 21);
    expect(heard.filter(({ type }) => type === 'message').map(({ text }) => text)).toEqual(texts);
  });

  it('finds what no callback told of', async () => {
    const { heard, turn } = listening();
    host = await startWecomHost(server.url, { turn, account: { ...fresh(), pollSeconds: 1 } });
    host.wecom.put(newUser(), { type: 'text', text: 'nobody called' });
    await until(() => heard.some(({ text }) => text === 'nobody called'));
  });

  it('goes on without a token that WeCom does not take any more', async () => {
    const { heard, turn } = listening();
    host = await startWecomHost(server.url, { turn, account: fresh() });
    host.wecom.put(newUser(), { type: 'text', text: 'late' });
    const cipherOf = (xml: string) =>
      encrypt(host?.account.encodingAesKey ?? '', xml, host?.account.corpId ?? '');
    const xml = `<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>stale</Token><OpenKfId>${KF_ID}</OpenKfId></xml>`;
    const cipher = cipherOf(xml);
    const at = String(Math.floor(Date.now() / 1000));
    const signature = getSignature(host.account.token, at, 'n', cipher);
    const query = new URLSearchParams({ timestamp: at, nonce: 'n', msg_signature: signature });
    const body = `<xml><Encrypt>${cipher}</Encrypt></xml>`;
    const answer = await fetch(`${host.base}/wecom/${host.account.name}?${query}`, { method: 'POST', body });
    expect(await answer.text()).toBe('success');
    expect(decrypt(host.account.encodingAesKey, cipher).message).toBe(xml);
    await until(() => heard.some(({ text }) => text === 'late'));
  });

  it('lets one who writes too much wait, loses nothing of it, and holds up nobody else', async () => {
    const { heard, turn } = listening();
    host = await startWecomHost(server.url, { turn, account: fresh(), ratePerMinute: 3 });
    const [loud, calm] = [newUser(), newUser()];
    const texts = Array.from({ length: 5 }, (_, i) => `loud ${i}`);
    for (const text of texts) host.wecom.put(loud, { type: 'text', text });
    await host.wecom.act(calm, { type: 'text', text: 'calm' });
    await until(() => heard.some(({ text }) => text === 'calm'));
    const said = () => heard.flatMap(({ text }) => (text?.startsWith('loud') ? [text] : []));
    await until(() => said().length === 3);
    expect(said()).toEqual(texts.slice(0, 3));
    // The minute is over.
    for (const key of await host.redis.keys('*:rate:*')) await host.redis.del(key);
    await until(() => said().length === 5);
    expect(said()).toEqual(texts);
  });
});
