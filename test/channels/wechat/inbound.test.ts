import { readFileSync } from 'node:fs';
import { dedupeKeyOf, readInbound } from '../../../src/channels/wechat/inbound-message';
import type { Action } from '../../../src/channels/wechat/simulator/simulated-wechat';
import { conversationIdOf } from '../../../src/channels/wechat/webhook';
import type { Activity } from '../../../src/contract/activity';
import type { TurnFunction } from '../../../src/turns/engine';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { startWechatHost, type WechatHost } from './host';
import { scriptedTurn } from './scripted-turn';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let server: RedisServer;
let host: WechatHost | null = null;
let users = 0;
beforeAll(async () => {
  server = await startRedisServer();
});
afterEach(async () => {
  await host?.stop();
  host = null;
});
afterAll(() => server.stop());

/** Says nothing, and keeps what it was given. */
function listening(): { heard: Activity[]; turn: TurnFunction } {
  const heard: Activity[] = [];
  const turn = scriptedTurn();
  const run: TurnFunction['run'] = (input) => {
    heard.push(input.entry.activity);
    return turn.run({
      ...input,
      entry: { ...input.entry, activity: { ...input.entry.activity, text: 'silent' } },
    });
  };
  return { heard, turn: { ...turn, run } };
}

/** The activities that a customer's actions became, without the first greeting. */
async function become(actions: Action[], options: Parameters<typeof startWechatHost>[1] = {}) {
  const { heard, turn } = listening();
  host = await startWechatHost(server.url, { turn, ...options });
  const user = `o-in-${++users}`;
  for (const action of actions) await host.wechat.act(user, action);
  return {
    user,
    heard: heard.filter(({ type, channelData }) => type !== 'conversationUpdate' || channelData),
  };
}

describe('what a customer sends becomes', () => {
  it('words, masked before they are stored', async () => {
    const { heard, user } = await become([{ type: 'text', text: 'my secret' }]);
    expect(heard).toMatchObject([{ type: 'message', text: 'my [x]', from: { id: `service/${user}` } }]);
    const log = await host?.node.store.readLog(conversationIdOf('service', user), 0, 10);
    expect(log?.[0]?.activity.text).toBe('my [x]');
  });

  it('the words of a tapped choice, and of a menu key', async () => {
    const menu = { K1: '我要报修' };
    const { heard } = await become(
      [
        { type: 'tap', text: '明天', option: 2 },
        { type: 'menu', key: 'K1' },
        { type: 'menu', key: '查进度' },
      ],
      { account: { menu } },
    );
    expect(heard.map(({ text }) => text)).toEqual(['明天', '我要报修', '查进度']);
  });

  it('a picture in our own store, fetched before the message is accepted', async () => {
    const { heard } = await become([{ type: 'image', bytes: PICTURE.toString('base64') }]);
    const url = heard[0]?.attachments?.[0]?.contentUrl ?? '';
    expect(url).toMatch(/^file:[0-9a-f]{64}\.png$/);
    expect((await host?.files.get(url.slice(5)))?.contentType).toBe('image/png');
  });

  it('a message without its picture only when three tries could not fetch it', async () => {
    const { heard, turn } = listening();
    host = await startWechatHost(server.url, { turn });
    const fields = host.wechat.fieldsOf('o-lost', { type: 'image', bytes: PICTURE.toString('base64') });
    const delivered = await host.wechat.caller.deliver({ ...fields, MediaId: 'gone' });
    expect(delivered).toMatchObject({ tries: 3, hasFailed: false });
    expect(heard.at(-1)?.attachments).toEqual([{ contentType: 'image/*', name: 'not fetched' }]);
  });

  it('the address of a place', async () => {
    const label = '广东省广州市海珠区新港中路397号';
    const place = { type: 'location', label, latitude: 23.1, longitude: 113.3 } as const;
    const { heard } = await become([place, { ...place, label: '' }]);
    expect(heard).toMatchObject([
      { text: label, channelData: { location: { latitude: 23.1, longitude: 113.3 } } },
      { text: '', attachments: [{ name: 'location' }] },
    ]);
  });

  it('what was heard of a voice, or the voice itself for a human', async () => {
    const { heard } = await become([
      { type: 'voice', recognition: '断网了' },
      { type: 'voice', recognition: '' },
    ]);
    expect(heard).toMatchObject([
      { text: '断网了', channelData: { voice: 'heard' } },
      { text: '', channelData: { voice: 'unheard' }, attachments: [{ contentType: 'audio/amr' }] },
    ]);
    const url = heard[1]?.attachments?.[0]?.contentUrl ?? '';
    expect((await host?.files.get(url.slice(5)))?.bytes.toString()).toBe('#!AMR');
  });

  it('what a transcription service understood, before what WeChat recognised', async () => {
    const { heard } = await become([{ type: 'voice', recognition: '短网' }], {
      transcribe: async ({ format }) => `断网了 ${format}`,
    });
    expect(heard).toMatchObject([{ text: '断网了 amr', channelData: { voice: 'heard' } }]);
  });

  it('a greeting with the scene of the code that was scanned', async () => {
    const { heard } = await become([{ type: 'subscribe', scene: 'shop-12' }]);
    expect(heard).toMatchObject([{ type: 'conversationUpdate', channelData: { scene: 'shop-12' } }]);
  });
});

describe('what no machine reads', () => {
  it('is a page or a video that agents can open', async () => {
    const mp4 = Buffer.concat([Buffer.alloc(4), Buffer.from('ftypisom'), Buffer.alloc(20)]);
    const { heard } = await become([
      { type: 'link', title: '资费 secret', url: 'https://example.com/a' },
      { type: 'link', title: '', url: 'javascript:alert(1)' },
      { type: 'video', bytes: mp4.toString('base64') },
      { type: 'video', bytes: Buffer.from('no video at all').toString('base64') },
    ]);
    expect(heard.map(({ text, attachments }) => ({ text, ...attachments?.[0] }))).toEqual([
      { text: '', contentType: 'text/uri-list', contentUrl: 'https://example.com/a', name: '资费 [x]' },
      { text: '', contentType: 'text/uri-list', contentUrl: undefined, name: 'link' },
      {
        text: '',
        contentType: 'video/mp4',
        contentUrl: expect.stringMatching(/^file:[0-9a-f]{64}\.mp4$/),
        name: 'video',
      },
      { text: '', contentType: 'video/mp4', name: 'unreadable' },
    ]);
  });
});

it('moves a customer from one agent of WeChat’s to another', async () => {
  const { heard, turn } = listening();
  host = await startWechatHost(server.url, { turn, budgetMs: 200 });
  const user = `o-in-${++users}`;
  await host.wechat.caller.deliver({
    ToUserName: 'gh',
    FromUserName: user,
    CreateTime: Math.floor(Date.now() / 1000),
    MsgType: 'event',
    Event: 'kf_switch_session',
    FromKfAccount: 'wang@gh',
    ToKfAccount: 'li@gh',
  });
  expect(heard.map(({ name, value }) => ({ name, value }))).toMatchObject([
    { name: 'agent.transfer', value: { agentId: 'wechat:wang@gh' } },
    { name: 'agent.claim', value: { agentId: 'wechat:li@gh', agentName: 'li' } },
  ]);
});

describe('every kind of message', () => {
  const common = { ToUserName: 'gh', FromUserName: 'o1', CreateTime: '1790000000' };
  const ofUser = { ...common, MsgId: '9007199254740993123' };

  it.each([
    [{ ...ofUser, MsgType: 'text', Content: 'x' }],
    [{ ...ofUser, MsgType: 'image', MediaId: 'm', PicUrl: 'http://x' }],
    [{ ...ofUser, MsgType: 'voice', MediaId: 'm', Format: 'amr' }],
    [{ ...ofUser, MsgType: 'video', MediaId: 'm', ThumbMediaId: 't' }],
    [{ ...ofUser, MsgType: 'shortvideo', MediaId: 'm', ThumbMediaId: 't' }],
    [{ ...ofUser, MsgType: 'location', Location_X: '23.1', Location_Y: '113.3', Scale: '16', Label: 'x' }],
    [{ ...ofUser, MsgType: 'link', Title: 't', Description: 'd', Url: 'u' }],
  ])('is read: %j', (fields) => {
    const inbound = readInbound(fields);
    expect(inbound.type).toBe('message');
    if (inbound.type === 'message') expect(dedupeKeyOf(inbound)).toBe('msg:9007199254740993123');
    expect(() => readInbound({ ...fields, MsgId: 'x' })).toThrow('MsgId');
  });

  it.each(['subscribe', 'unsubscribe', 'SCAN', 'CLICK', 'VIEW', 'LOCATION', 'subscribe_msg_popup_event'])(
    'event %s is read, and is another one than that of the same second',
    (Event) => {
      const keys = ['a', 'b'].map((EventKey) => {
        const inbound = readInbound({ ...common, MsgType: 'event', Event, EventKey });
        if (inbound.type !== 'event') throw new Error('not an event');
        return dedupeKeyOf(inbound);
      });
      expect(new Set(keys).size).toBe(2);
    },
  );

  it('that WeChat may add is acknowledged and means nothing', () => {
    expect(readInbound({ ...common, MsgType: 'hologram' })).toEqual({ type: 'unknown', kind: 'hologram' });
    expect(readInbound({ ...common, MsgType: 'event', Event: 'new' })).toEqual({
      type: 'unknown',
      kind: 'new',
    });
  });
});

it('keeps neither tokens nor secrets nor words in a log', () => {
  for (const file of ['webhook', 'deliver', 'api', 'access-token', 'routes']) {
    const source = readFileSync(`${__dirname}/../../../src/channels/wechat/${file}.ts`, 'utf8');
    for (const [call] of source.matchAll(/log\.\w+\(\{[^}]*\}/g)) {
      expect(call).not.toMatch(/token\b|secret|text|url|openId/i);
    }
  }
});
