import { listLiveSessions } from '../../../src/content/publishing/live-sessions';
import { createConversationTurn } from '../../../src/turns/conversation/conversation-turn';
import { shardKeys, shardOf } from '../../../src/turns/keys';
import { countPlaces } from '../../../src/turns/places';
import { connectRedis, type RedisClient } from '../../../src/turns/redis';
import { createRedisTurnStore, MARK_TTL_MS } from '../../../src/turns/redis-turn-store';
import { countWays } from '../../../src/turns/ways';
import { smallContent } from '../../support/conversation';
import { shippedPolicies } from '../../support/policies';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { messageEntry } from '../../support/turns';

const SHARDS = 4;
const NOW = Date.UTC(2026, 10, 24, 2);
const DAY_MS = 24 * 3600_000;

describe('where running conversations stand', () => {
  let server: RedisServer;
  let redis: RedisClient;
  beforeAll(async () => {
    server = await startRedisServer();
    redis = connectRedis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  const limits = {
    shards: SHARDS,
    leaseMs: 10_000,
    inboxLimit: 50,
    userRatePerMinute: 0,
    recordsLimit: 1000,
    markTtlMs: MARK_TTL_MS,
  };
  async function say(
    conversationId: string,
    key: string,
    text: string,
    version: string,
    at = NOW,
  ): Promise<void> {
    const store = createRedisTurnStore(redis, limits);
    const turn = createConversationTurn({
      timeZone: 'Asia/Shanghai',
      policies: shippedPolicies,
      pickContent: (pinned) => smallContent(pinned ?? version),
    });
    const options = { isLimited: false, isLogged: true, wantsLease: true };
    const accepted = await store.accept(conversationId, messageEntry(conversationId, key, text, at), options);
    if (accepted.status !== 'accepted' || !accepted.lease) throw new Error(JSON.stringify(accepted));
    const { lease } = accepted;
    const result = await turn.run({ ...lease });
    const done = await store.commit(
      lease,
      { ...result, state: JSON.stringify(result.state) },
      { takesNext: false },
    );
    expect(done).toMatchObject({ status: 'committed', next: null });
  }

  it('is counted by version, dialog and step, until a dialog is over or forgotten', async () => {
    for (let i = 0; i < 6; i += 1) await say(`c${i}`, 'a', '坏了', i < 4 ? 'v1' : 'v2');
    await say('c0', 'b', '家里', 'v1');
    await say('c1', 'b', '算了', 'v1');
    await say('old', 'a', '坏了', 'v1', NOW - 31 * DAY_MS);
    await say('idle', 'a', '谢谢', 'v1');
    const counted = await countPlaces(redis, SHARDS, NOW);
    expect(
      counted.sort((a, b) => b.count - a.count || a.contentVersion.localeCompare(b.contentVersion)),
    ).toEqual([
      { contentVersion: 'v1', places: [{ dialog: 'test-line', step: 'ask' }], count: 2 },
      { contentVersion: 'v2', places: [{ dialog: 'test-line', step: 'ask' }], count: 2 },
      { contentVersion: 'v1', places: [{ dialog: 'test-line', step: 'test' }], count: 1 },
    ]);
    expect(await redis.hexists(shardKeys(shardOf('old', SHARDS)).places, 'old')).toBe(0);
  });

  it('is told with how it got there, for the last days', async () => {
    const ways = await countWays(redis, { shards: SHARDS, dialog: 'test-line', now: NOW, days: 7 });
    expect(ways.sort((a, b) => b.count - a.count)).toEqual([
      { dialog: 'test-line', from: null, to: 'ask', count: 6 },
      { dialog: 'test-line', from: 'ask', to: 'test', count: 1 },
    ]);
    expect(await countWays(redis, { shards: SHARDS, dialog: 'test', now: NOW, days: 7 })).toEqual([]);
  });

  it('is compared with a draft', async () => {
    const counted = await countPlaces(redis, SHARDS, NOW);
    const { dialogs } = smallContent().dialogs;
    const [dialog] = [...dialogs.values()].filter(({ id }) => id === 'test-line');
    const list = (draft: typeof dialogs | null) =>
      listLiveSessions({
        counted,
        numbers: new Map([['v1', 7]]),
        dialogsOf: async (version) => (version === 'v1' ? { dialogs } : null),
        draft: draft && { dialogs: draft },
      });
    expect((await list(null)).map(({ fit }) => fit)).toEqual([null, null, null]);
    expect(await list(dialogs)).toContainEqual({
      version: 'v1',
      number: 7,
      dialog: 'test-line',
      step: 'ask',
      below: [],
      count: 2,
      fit: 'same',
    });
    expect((await list(new Map())).map(({ fit }) => fit).sort()).toEqual(['human', 'human', null]);
    if (!dialog) throw new Error('no dialog');
    const without = { ...dialog, steps: dialog.steps.filter(({ id }) => id !== 'ask') };
    const fits = await list(new Map([['test-line', without]]));
    expect(fits.find(({ version, step }) => version === 'v1' && step === 'ask')?.fit).toBe('anew');
  });
});
