import { createDeadLetters } from '../../../src/turns/dead-letters';
import { shardKeys } from '../../../src/turns/keys';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { reportFigure, SEED, seededRandom, size } from '../../support/size';
import { until } from '../../support/turns';
import { type PushHost, SHARDS, startPushHost } from './host';
import { type Fault, type Receiver, startReceiver } from './receiver';

const CONVERSATIONS = size({ test: 40, prove: 1000 });
const AT_ONCE = size({ test: 20, prove: 50 });

/** Faults by what they leave behind, each with its weight. */
const FAULTS: [weight: number, isAmbiguous: boolean, fault: Fault | null][] = [
  [60, false, null],
  [3, true, { type: 'hang' }],
  [8, true, { type: 'close' }],
  [6, true, { type: 'status', status: 502 }],
  [6, false, { type: 'status', status: 503 }],
  [4, false, { type: 'status', status: 429, headers: { 'Retry-After': '1' } }],
  [3, false, { type: 'status', status: 400 }],
  [3, false, { type: 'half' }],
  [3, false, { type: 'twice' }],
  [3, false, { type: 'slow', ms: 60 }],
];
const TOTAL = FAULTS.reduce((sum, [weight]) => sum + weight, 0);

function pickFault(random: () => number): (typeof FAULTS)[number] {
  let left = random() * TOTAL;
  for (const each of FAULTS) {
    left -= each[0];
    if (left < 0) return each;
  }
  return [1, false, null];
}

interface Fact {
  id: string;
  event: string;
  state: string;
  count: number;
  covers: string[];
}

describe('pushes to a receiver that fails in every way', () => {
  let redis: RedisServer;
  let receiver: Receiver;
  let hosts: PushHost[] = [];
  let injected = 0;

  beforeAll(async () => {
    redis = await startRedisServer();
    receiver = await startReceiver();
    const random = seededRandom(SEED);
    receiver.state.fault = () => {
      const [, isAmbiguous, fault] = pickFault(random);
      if (isAmbiguous) injected += 1;
      return fault;
    };
    const jitter = seededRandom(SEED + 1);
    // Facts stay in their streams, to be counted.
    const writeRecords = () => Promise.reject(new Error('Postgres is away'));
    // Long enough that a busy machine answers in it: only what is injected may be uncertain.
    const settings = { APP_PUSH_TIMEOUT_MS: '2500' };
    const options = { random: () => jitter() / 10, node: { writeRecords }, settings };
    hosts = await Promise.all([0, 1].map(() => startPushHost(redis.url, receiver.url, options)));
  });
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.stop()));
    await receiver.stop();
    await redis.stop();
  });

  const hostOf = (n: number): PushHost => {
    const host = hosts[n % hosts.length];
    if (!host) throw new Error('there is no host');
    return host;
  };
  /** All that was said so often has come to an end. */
  const rest = (host: PushHost, id: string, said: number) =>
    until(async () => {
      const { record } = await host.appPush.pushes.look(id);
      const isDone = record.items.every(({ state }) => ['sent', 'not-delivered', 'doubtful'].includes(state));
      return record.owedTo === said && record.push === null && isDone;
    }, 60_000);

  /** A customer who is told something two or three times, and in the end reads it or not. */
  async function live(
    n: number,
    random: () => number,
  ): Promise<{ id: string; isRead: boolean; last: number }> {
    const host = hostOf(n);
    const id = `dl-storm-${n}`;
    const times = 2 + Math.floor(random() * 2);
    for (let i = 0; i < times; i += 1) {
      await host.say(id, `${n}-${i}`);
      if (random() < 0.7) await rest(host, id, i + 1);
    }
    await rest(host, id, times);
    const isRead = random() < 0.5;
    if (isRead) await hostOf(n + 1).read(id);
    await until(async () => {
      const { record } = await host.appPush.pushes.look(id);
      return record.push === null && (!isRead || (record.shownTo === 0 && record.items.length === 0));
    }, 60_000);
    return { id, isRead, last: await host.node.store.lastPosition(id) };
  }

  async function readFacts(): Promise<Fact[]> {
    const streams = await Promise.all(
      Array.from({ length: SHARDS }, (_, n) => hostOf(0).redis.xrange(shardKeys(n).records, '-', '+')),
    );
    const rows = streams.flat().map(([, fields]) => fields);
    return rows.flatMap((fields) => {
      const fact = fields[fields.indexOf('r') + 1];
      const isFact = fields.includes('r') && fact !== undefined;
      return isFact ? [JSON.parse(fact).value as Fact] : [];
    });
  }

  it(
    'end accepted, withdrawn or as dead letters, and what is uncertain is counted',
    async () => {
      const random = seededRandom(SEED + 2);
      const lives: Awaited<ReturnType<typeof live>>[] = [];
      for (let n = 0; n < CONVERSATIONS; n += AT_ONCE) {
        const some = Array.from({ length: Math.min(AT_ONCE, CONVERSATIONS - n) }, (_, i) =>
          live(n + i, random),
        );
        lives.push(...(await Promise.all(some)));
      }
      const facts = await readFacts();
      const covered = new Set(facts.flatMap(({ state, covers }) => (state === 'uncertain' ? [] : covers)));
      const letters = await createDeadLetters({
        redis: hostOf(0).redis,
        shards: SHARDS,
        accept: hostOf(0).node.store.accept,
        clock: Date.now,
      }).list();
      for (const { id, isRead, last } of lives) {
        const taken = receiver.takenIn(id);
        const newest = taken.at(-1);
        const isDead = letters.some(({ conversationId }) => conversationId === id);
        const turns = await deliveriesOf(hostOf(0), id, last);
        // Every reply is in a push that came to an end.
        for (const turn of turns) expect(covered).toContain(turn);
        if (!isDead) expect(newest?.event).toBe(isRead ? 'withdraw' : 'message');
        if (!isDead && !isRead) expect(newest).toMatchObject({ count: turns.length });
        expect(taken.filter(({ event }) => event === 'withdraw').length).toBeLessThanOrEqual(1);
      }
      const uncertain = facts.filter(({ state }) => state === 'uncertain').length;
      expect(uncertain).toBe(injected);
      expect(injected).toBeGreaterThan(0);
      expect(receiver.state.unsigned).toBe(0);
      reportFigure('App push: conversations with a receiver that fails', lives.length);
      reportFigure(
        'App push: requests, pushes taken',
        `${receiver.state.arrived.length}, ${receiver.state.taken.size}`,
      );
      reportFigure(
        'App push: ambiguous failures injected, counted as uncertain',
        `${injected}, ${uncertain}`,
      );
      reportFigure('App push: dead letters', letters.length);
    },
    size({ test: 120_000, prove: 900_000 }),
  );
});

async function deliveriesOf(host: PushHost, id: string, last: number): Promise<string[]> {
  const lines = await host.node.store.readLog(id, 0, last);
  return lines.flatMap(({ activity }) => {
    const data = activity.channelData as { deliveryId?: string } | undefined;
    return data?.deliveryId ? [data.deliveryId] : [];
  });
}
