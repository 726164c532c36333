import type { CommandHandlers } from '../../src/turns/commands';
import { shardKeys, shardOf } from '../../src/turns/keys';
import { OUTBOX_PAGE } from '../../src/turns/outbox';
import { messageEntry, readCounting, startTestNode, type TestNode, until } from '../support/turns';

const SHARDS = 4;

/** Answers that come after the customer's wait for them, on a single Redis and once more on a cluster. */
export function describeLateCommands(name: string, url: () => string): void {
  describe(`late answers on ${name}`, () => {
    let serial = 0;
    const fresh = () => `late-${name}-${Date.now()}-${serial++}`;
    const outboxOf = (id: string) => shardKeys(shardOf(id, SHARDS)).outbox;

    /** A node whose other side is down until `isUp`, and what it was asked for. */
    async function start(handler: { keepsOrder?: boolean } = {}, side = { isUp: false }) {
      const asked: string[] = [];
      const done: string[] = [];
      const handlers: CommandHandlers = {
        'late-order': {
          mustComplete: false,
          ...handler,
          run: async ({ args }) => {
            asked.push(String(args.text));
            if (!side.isUp) throw new Error('the other side is down');
            done.push(String(args.text));
            return { type: 'ok', value: null };
          },
        },
        order: {
          mustComplete: true,
          run: async ({ args }) => {
            done.push(String(args.text));
            return { type: 'ok', value: null };
          },
        },
      };
      return { side, asked, done, node: await startTestNode(url(), { handlers }) };
    }
    const send = (node: TestNode, id: string, text: string) =>
      node.engine.accept(id, messageEntry(id, text, text), { isLogged: true });
    const results = async (node: TestNode, id: string) =>
      readCounting(await node.store.readState(id)).results;
    const waiting = (node: TestNode, id: string) => node.redis.xlen(outboxOf(id));

    it('tries on after the wait is over, lets others by, and tells the answer once', async () => {
      const { node, side, asked, done } = await start();
      const id = fresh();
      await send(node, id, 'order late a');
      await send(node, id, 'order b');
      await until(() => done.includes('order b'));
      await until(() => asked.length > 1);
      expect(await results(node, id)).toHaveLength(1);
      side.isUp = true;
      await until(async () => (await results(node, id)).length === 2);
      expect(done).toEqual(['order b', 'order late a']);
      await until(async () => (await waiting(node, id)) === 0);
      await node.stop();
    });

    it('lets nothing by in a lane that keeps its order', async () => {
      const { node, side, asked, done } = await start({ keepsOrder: true });
      const id = fresh();
      await send(node, id, 'order late a');
      await send(node, id, 'order late b');
      await until(() => asked.length > 2);
      expect(asked).not.toContain('order late b');
      side.isUp = true;
      await until(() => done.length === 2);
      expect(done).toEqual(['order late a', 'order late b']);
      await node.stop();
    });

    it('makes no further attempt at what is taken back, whoever works on afterwards', async () => {
      const first = await start();
      const id = fresh();
      await send(first.node, id, 'order late a');
      await until(() => first.asked.length > 0);
      await send(first.node, id, 'withdraw order late a');
      await until(async () => (await waiting(first.node, id)) === 0);
      await first.node.stop();
      const second = await start({}, { isUp: true });
      await send(second.node, id, 'order b');
      await until(() => second.done.includes('order b'));
      expect(second.asked).toEqual([]);
      expect((await results(second.node, id)).filter((text) => text.includes('"timeout"'))).toEqual([]);
      await second.node.stop();
    });

    it('hands what is late to the node that comes after', async () => {
      const first = await start();
      const id = fresh();
      await send(first.node, id, 'order late a');
      await until(() => first.asked.length > 1);
      await first.node.stop();
      const second = await start({}, { isUp: true });
      await until(async () => (await results(second.node, id)).length === 1);
      expect(second.done).toEqual(['order late a']);
      await second.node.stop();
    });

    it('works on behind more dead commands than are read at a time', async () => {
      const { node, side, done } = await start();
      const id = fresh();
      const shard = shardOf(id, SHARDS);
      const sameShard = (n: number): string => {
        for (let i = 0; ; i += 1) {
          const other = `dead-${name}-${n}-${i}-${id}`;
          if (shardOf(other, SHARDS) === shard) return other;
        }
      };
      const dead = Array.from({ length: OUTBOX_PAGE + 20 }, (_, n) => sameShard(n));
      await Promise.all(dead.map((each) => send(node, each, 'order late x')));
      await until(async () => (await waiting(node, id)) >= dead.length);
      await send(node, id, 'order b');
      await until(() => done.includes('order b'));
      side.isUp = true;
      await until(() => done.length === dead.length + 1, 30_000);
      await node.stop();
    }, 60_000);
  });
}
