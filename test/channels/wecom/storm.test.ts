import { AMBIGUOUS, type Fault } from '../../../src/channels/wechat/simulator/faults';
import { conversationIdOf } from '../../../src/channels/wecom/account';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { reportFigure, SEED, seededRandom, size } from '../../support/size';
import { until } from '../../support/turns';
import { readSeen } from '../wechat/scripted-turn';
import { KF_ID, startWecomHost, type WecomHost } from './host';

const MESSAGES = size({ test: 80, prove: 1000 });
const USERS = size({ test: 6, prove: 20 });
const FAULTS: Fault[] = ['busy', 'reset-after-send', 'timeout-after-send', 'expired-token', 'no-menu'];
const FETCH_FAULTS: Fault[] = ['busy', 'reset-after-send', 'expired-token', 'api-quota'];
const FINAL = ['sent', 'held', 'not-delivered', 'uncertain'];

describe(`${MESSAGES} messages of WeCom, told of up to four times or never, against failures`, () => {
  let server: RedisServer;
  /** Two nodes that fetch and send for the same account. */
  let hosts: WecomHost[];
  const random = seededRandom(SEED);
  const pick = (from: Fault[], share: number) => () =>
    random() < share ? (from[Math.floor(random() * from.length)] ?? null) : null;

  beforeAll(async () => {
    server = await startRedisServer();
    const first = await startWecomHost(server.url, {
      callTimeoutMs: 1000,
      pageLimit: 7,
      account: { message: { sends: 500, windowSeconds: 172_800 }, pollSeconds: 1 },
      faults: pick(FAULTS, 0.3),
      syncFaults: pick(FETCH_FAULTS, 0.3),
    });
    const second = await startWecomHost(server.url, {
      callTimeoutMs: 1000,
      pageLimit: 7,
      account: { ...first.account, apiBase: first.base },
      servers: first.base,
    });
    hosts = [first, second];
  });
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.stop()));
    await server.stop();
  });

  const delay = (most: number) => new Promise((resolve) => setTimeout(resolve, random() * most));

  /** One message, and calls that tell of it: none, or up to four, to either node, in any order. */
  async function deliver(host: WecomHost, user: string, n: number): Promise<string> {
    const verb = ['say', 'say', 'order', 'ask'][Math.floor(random() * 4)];
    const text = verb === 'ask' ? `ask ${n}?|yes|no` : verb === 'say' ? `say ${n}a|${n}b` : `order ${n}`;
    host.wecom.put(user, { type: 'text', text });
    const { url, body } = host.wecom.envelope();
    const calls = Array.from({ length: Math.floor(random() * 5) }, async (_, i) => {
      await delay(i * 100);
      const to = hosts[Math.floor(random() * 2)]?.base ?? '';
      await fetch(url.replace(/^http:\/\/[^/]+/, to), { method: 'POST', body });
    });
    await Promise.all(calls);
    return text;
  }

  it(
    'makes one turn each, and shows every reply exactly once and in order',
    async () => {
      const [host] = hosts;
      if (!host) throw new Error('no host');
      const users = Array.from({ length: USERS }, (_, i) => `wm-storm-${i}`);
      const said = new Map<string, string[]>();
      await Promise.all(
        users.map(async (user) => {
          const own: string[] = [];
          said.set(user, own);
          for (let n = 0; n < MESSAGES / USERS; n += 1) {
            own.push(await deliver(host, user, n));
            await delay(60);
          }
        }),
      );
      const idOf = (user: string) =>
        conversationIdOf({ account: 'kf', openKfId: KF_ID, externalUserId: user });
      const repliesTo = (text: string) => (text.startsWith('say') ? 2 : 1);
      const all = [...said.values()].flat();
      const wanted = all.reduce((sum, text) => sum + repliesTo(text), 0);
      const items = async () =>
        (await Promise.all(users.map((user) => host.sender.deliveries.readAll(idOf(user))))).flat();
      await until(async () => {
        const found = await items();
        return found.length >= wanted && found.every(({ state }) => FINAL.includes(state));
      }, 300_000);

      for (const user of users) {
        const own = said.get(user) ?? [];
        const state = readSeen(await host.node.store.readState(idOf(user)));
        expect(state.texts).toEqual(['conversationUpdate', ...own]);
        const expected = own.flatMap((text) => {
          const [, verb, rest = ''] = /^(\w+) (.*)$/.exec(text) ?? [];
          if (verb === 'say') return rest.split('|');
          return verb === 'ask' ? [rest.split('|')[0] ?? ''] : [`re: ${text}`];
        });
        const shown = host.wecom.customers
          .find(user)
          .lines.filter(({ from }) => from === 'account')
          // What waited for a send went together; choices that were refused as a menu stand below.
          .flatMap(({ text }) => text.split(/\n\n?/))
          .filter((line) => !/^\d\. /.test(line));
        expect(shown).toEqual(expected);
      }
      const found = await items();
      expect(found.map(({ state }) => state)).toEqual(found.map(() => 'sent'));
      expect(found).toHaveLength(wanted);
      const { doubles, fetches } = host.wecom.api.counts();
      const ambiguous = host.wecom.api.met().filter((fault) => AMBIGUOUS.has(fault)).length;
      expect(ambiguous).toBeGreaterThan(MESSAGES / 20);
      expect(doubles).toBeGreaterThanOrEqual(ambiguous);
      reportFigure('WeCom: messages, replies, each shown once', `${all.length}, ${wanted}`);
      reportFigure('WeCom: sends in doubt, doubles dropped, fetches', `${ambiguous}, ${doubles}, ${fetches}`);
    },
    size({ test: 120_000, prove: 900_000 }),
  );
});
