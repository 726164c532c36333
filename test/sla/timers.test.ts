import { conversationKeys, shardOf } from '../../src/turns/keys';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { reportFigure, size } from '../support/size';
import { countingTurn, messageEntry, startTestNode, type TestNode, until } from '../support/turns';

const TIMERS = size({ test: 600, prove: 10_000 });
const SHARDS = 16;

describe('timers that are due at once', () => {
  let server: RedisServer;
  let node: TestNode;
  let fired: string[] = [];
  let ahead = 0;
  beforeAll(async () => {
    server = await startRedisServer();
    node = await startTestNode(server.url, {
      clock: () => Date.now() + ahead,
      limits: { shards: SHARDS, recordsLimit: 1_000_000 },
      turn: {
        ...countingTurn,
        run(input) {
          if (input.entry.activity.name === 'timer.due') fired.push(input.conversationId);
          return countingTurn.run(input);
        },
      },
    });
  });
  afterAll(async () => {
    await node.stop();
    await server.stop();
  });

  /** Each conversation sets a timer a second after its message: by the clock of the message. */
  async function setTimers(count: number, name: string, dueAt: (i: number) => number): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, i) => `${name}-${i}`);
    for (let from = 0; from < count; from += 200) {
      await Promise.all(
        ids.slice(from, from + 200).map((id, i) => {
          const entry = messageEntry(id, 'm', 'later', dueAt(from + i) - 1000);
          return node.engine.accept(id, entry).then(() => node.engine.outcome(id, entry.turnId, 20_000));
        }),
      );
    }
    return ids;
  }

  it(
    'all fire, each once, soon after they are due',
    async () => {
      fired = [];
      const HOUR = 3600_000;
      const base = Date.now() + HOUR;
      const dueAt = (i: number) => base + Math.floor((i * 1000) / TIMERS);
      const ids = await setTimers(TIMERS, 'burst', dueAt);
      // The hour passes at once, up to half a second before the first is due.
      ahead = base - 500 - Date.now();
      await until(() => fired.length >= TIMERS, 120_000);
      const late = await Promise.all(
        ids.map(async (id, i) => {
          const acceptedAt =
            Number(await node.redis.hget(conversationKeys(shardOf(id, SHARDS), id).meta, 'at')) + ahead;
          return acceptedAt - dueAt(i);
        }),
      );
      expect(new Set(fired).size).toBe(TIMERS);
      expect(fired).toHaveLength(TIMERS);
      late.sort((a, b) => a - b);
      const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0;
      expect(at(0)).toBeGreaterThanOrEqual(-1);
      reportFigure(
        `${TIMERS} timers due within one second, late from due to accepted (p50 / p99 / max, ms)`,
        `${at(0.5)} / ${at(0.99)} / ${at(1)}`,
      );
    },
    size({ test: 60_000, prove: 600_000 }),
  );
});
