import { Redis } from 'ioredis';
import type { TurnFunction } from '../../src/turns/engine';
import { conversationKeys, shardKeys, shardOf } from '../../src/turns/keys';
import {
  countingTurn,
  messageEntry,
  readCounting,
  startTestNode,
  type TestNode,
  until,
} from '../support/turns';

/** A Redis whose memory is really used up, single and as a cluster: refused is refused, kept is kept, half is never. */
export function describeFullRedis(name: string, url: () => string): void {
  describe(`a full Redis: ${name}`, () => {
    let node: TestNode;
    let release: () => void = () => undefined;
    let rows = 0;
    let isPostgresAway = false;
    /** Waits with "hold" until it is let go: the memory is used up in the middle of it. */
    const turn: TurnFunction = {
      ...countingTurn,
      run: async (input) => {
        if (input.entry.activity.text === 'hold') {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        }
        return countingTurn.run(input);
      },
    };
    const options = {
      turn,
      memoryLimit: Number.POSITIVE_INFINITY,
      writeRecords: async (batch: unknown[]) => {
        if (isPostgresAway) throw new Error('Postgres is away');
        rows += batch.length;
      },
    };

    async function limitMemory(bytes: number): Promise<void> {
      for (const address of url().split(',')) {
        const client = new Redis(address);
        await client.config('SET', 'maxmemory', bytes);
        client.disconnect();
      }
    }
    const fill = () => limitMemory(1);
    const empty = () => limitMemory(0);

    const send = (id: string, key: string, text = key) =>
      node.engine.accept(id, messageEntry(id, key, text), { isLogged: true, isLimited: true });
    const seen = async (id: string) => readCounting(await node.store.readState(id)).seen;
    const everythingOf = async (id: string) => {
      const keys = conversationKeys(shardOf(id, 4), id);
      const { due, outbox, records } = shardKeys(shardOf(id, 4));
      return {
        state: await node.redis.get(keys.state),
        inbox: await node.redis.lrange(keys.inbox, 0, -1),
        log: await node.redis.xlen(keys.log),
        timers: await node.redis.zcard(due),
        commands: await node.redis.xlen(outbox),
        records: await node.redis.xlen(records),
      };
    };

    beforeAll(async () => {
      node = await startTestNode(url(), options);
    });
    afterEach(async () => {
      isPostgresAway = false;
      await empty();
    });
    afterAll(() => node.stop());

    it('acknowledges nothing while it is full, and nothing is kept of it', async () => {
      const id = `full-${name}`;
      await fill();
      await expect(send(id, 'a')).resolves.toEqual({
        status: 'busy',
        reason: 'memory',
        retryAfterSeconds: 10,
      });
      await expect(node.engine.accept(id, messageEntry(id, 'own', 'own'))).rejects.toThrow(/^OOM /);
      await empty();
      expect(await node.store.lastPosition(id)).toBe(0);
      await expect(send(id, 'a')).resolves.toMatchObject({ status: 'accepted', position: 1 });
      await until(async () => (await seen(id)).length === 1);
    });

    it('writes nothing of a commit that comes when it is full, and all of it once there is room', async () => {
      const id = `half-${name}`;
      isPostgresAway = true;
      await send(id, 'a', 'hold');
      await until(async () => (await node.redis.llen(conversationKeys(shardOf(id, 4), id).inbox)) === 1);
      const before = await everythingOf(id);
      await fill();
      release();
      const { meta } = conversationKeys(shardOf(id, 4), id);
      // The lease is given back, in a full Redis too.
      await until(async () => (await node.redis.hget(meta, 'lease')) === '0');
      expect(await everythingOf(id)).toEqual(before);
      await empty();
      await until(async () => {
        release();
        return (await seen(id)).length === 1;
      });
      const log = await node.store.readLog(id, 0, 10);
      expect(log.map(({ activity }) => activity.text)).toEqual(['hold', 're: hold']);
    });

    it('lets a node start on it and make room by what it hands to Postgres', async () => {
      const id = `drain-${name}`;
      const { records } = shardKeys(shardOf(id, 4));
      isPostgresAway = true;
      await send(id, 'a');
      await until(async () => (await node.redis.xlen(records)) >= 2);
      await node.stop();
      await fill();
      isPostgresAway = false;
      rows = 0;
      node = await startTestNode(url(), options);
      await until(async () => (await node.redis.xlen(records)) === 0);
      expect(rows).toBeGreaterThanOrEqual(2);
    });
  });
}
