import { countWays } from '../../src/turns/ways';
import {
  countingTurn,
  messageEntry,
  readCounting,
  startTestNode,
  type TestNode,
  until,
} from '../support/turns';

/** The behaviour of the turn engine, run against a single Redis and once more against a cluster. */
export function describeTurns(name: string, url: () => string): void {
  describe(`turns on ${name}`, () => {
    let node: TestNode;
    let serial = 0;
    const fresh = () => `conv-${name}-${Date.now()}-${serial++}`;
    const send = (to: TestNode, conversationId: string, key: string, text = key) =>
      to.engine.accept(conversationId, messageEntry(conversationId, key, text), {
        isLogged: true,
        isLimited: true,
      });
    const texts = async (conversationId: string) =>
      (await node.store.readLog(conversationId, 0, 500)).map(({ activity }) => activity.text);
    const state = async (conversationId: string) => readCounting(await node.store.readState(conversationId));
    const idle = (conversationId: string, turns: number) =>
      until(async () => (await state(conversationId)).seen.length === turns);

    beforeAll(async () => {
      node = await startTestNode(url());
    });
    afterAll(() => node.stop());

    it('answers a message and keeps both in one log with rising positions', async () => {
      const id = fresh();
      await expect(send(node, id, 'a', 'hello')).resolves.toMatchObject({ status: 'accepted', position: 1 });
      await idle(id, 1);
      expect(await texts(id)).toEqual(['hello', 're: hello']);
    });

    it('keeps a message with the time at which it was accepted, whenever its channel looked at the clock', async () => {
      const id = fresh();
      const entry = messageEntry(id, 'a', 'hello');
      const early = { ...entry.activity, timestamp: new Date(entry.at - 3).toISOString() };
      await node.engine.accept(id, { ...entry, activity: early }, { isLogged: true });
      await idle(id, 1);
      const [line] = await node.store.readLog(id, 0, 1);
      expect(line?.activity.timestamp).toBe(new Date(entry.at).toISOString());
    });

    it('answers a duplicate with the stored result and runs it once', async () => {
      const id = fresh();
      const first = await send(node, id, 'a');
      await idle(id, 1);
      await expect(send(node, id, 'a')).resolves.toEqual({
        status: 'duplicate',
        position: first.status === 'accepted' ? first.position : -1,
        result: { count: 1 },
      });
      expect((await state(id)).seen).toEqual(['a']);
    });

    it('runs concurrent duplicates and messages exactly once each, in the order they were accepted', async () => {
      const id = fresh();
      const keys = Array.from({ length: 20 }, (_, i) => `k${i}`);
      await Promise.all([...keys, ...keys, ...keys].map((key) => send(node, id, key)));
      await idle(id, 20);
      const { seen } = await state(id);
      expect([...seen].sort()).toEqual([...keys].sort());
      const log = await node.store.readLog(id, 0, 500);
      const asked = log
        .filter(({ activity }) => activity.from.id !== 'bot')
        .map(({ activity }) => activity.text);
      const answered = log
        .filter(({ activity }) => activity.from.id === 'bot')
        .map(({ activity }) => activity.text);
      expect(seen).toEqual(asked);
      expect(answered).toEqual(asked.map((text) => `re: ${text}`));
    });

    it('counts each way of a dialog once, however often its message is sent', async () => {
      const id = fresh();
      const keys = ['a', 'b', 'c', 'd', 'e'];
      await Promise.all([...keys, ...keys].map((key) => send(node, id, key)));
      await idle(id, 5);
      await send(node, id, 'a');
      const dialog = `of-${id.replaceAll(' ', '-')}`;
      const counted = await countWays(node.redis, { shards: 4, dialog, now: Date.now(), days: 2 });
      const way = { dialog, to: 'said' };
      expect(counted).toHaveLength(2);
      expect(counted).toContainEqual({ ...way, from: null, count: 1 });
      expect(counted).toContainEqual({ ...way, from: 'said', count: 4 });
    });

    it('lets two nodes race for one conversation and loses nothing', async () => {
      const other = await startTestNode(url());
      const id = fresh();
      const keys = Array.from({ length: 30 }, (_, i) => `k${i}`);
      await Promise.all(keys.map((key, i) => send(i % 2 ? node : other, id, key)));
      await idle(id, 30);
      expect(new Set((await state(id)).seen).size).toBe(30);
      await other.stop();
    });

    it('refuses the commit of a node that stalled past its lease', async () => {
      const stalled = await startTestNode(url(), { limits: { leaseMs: 60 }, pollMs: 1e6 });
      const id = fresh();
      const accepted = await stalled.store.accept(id, messageEntry(id, 'a', 'a'), {
        isLimited: false,
        isLogged: true,
        wantsLease: true,
      });
      if (accepted.status !== 'accepted' || !accepted.lease) throw new Error('no lease');
      await idle(id, 1);
      const late = await countingTurn.run(accepted.lease);
      await expect(
        stalled.store.commit(
          accepted.lease,
          { ...late, state: JSON.stringify(late.state) },
          { takesNext: true },
        ),
      ).resolves.toMatchObject({ status: 'lost' });
      expect((await state(id)).seen).toEqual(['a']);
      await stalled.stop();
    });

    it('refuses a commit after the lease lapsed even when nobody else took it', async () => {
      const quiet = await startTestNode(url(), { limits: { leaseMs: 30, shards: 4 }, pollMs: 1e6 });
      await node.stop();
      const id = fresh();
      const accepted = await quiet.store.accept(id, messageEntry(id, 'a', 'a'), {
        isLimited: false,
        isLogged: true,
        wantsLease: true,
      });
      if (accepted.status !== 'accepted' || !accepted.lease) throw new Error('no lease');
      await new Promise((resolve) => setTimeout(resolve, 40));
      const late = await countingTurn.run(accepted.lease);
      await expect(
        quiet.store.commit(
          accepted.lease,
          { ...late, state: JSON.stringify(late.state) },
          { takesNext: true },
        ),
      ).resolves.toEqual({ status: 'lost', reason: 'lease' });
      await quiet.stop();
      node = await startTestNode(url());
      await idle(id, 1);
    });

    it('commits a poison activity as failed after three tries, keeps it, and goes on', async () => {
      const id = fresh();
      await send(node, id, 'a', 'poison');
      await send(node, id, 'b', 'after');
      await idle(id, 2);
      expect(await texts(id)).toEqual(['poison', 'after', 're: sorry', 're: after']);
      const entry = messageEntry(id, 'a', 'poison');
      await expect(node.engine.outcome(id, entry.turnId, 1000)).resolves.toEqual({ failed: 'poisoned' });
    });

    it('runs commands of a conversation in order and brings their outcomes back once', async () => {
      const id = fresh();
      for (const key of ['o1', 'o2', 'o3']) await send(node, id, key, `order ${key}`);
      await until(async () => (await state(id)).results.length === 3);
      const ids = ['o1', 'o2', 'o3'].map((key) => `${messageEntry(id, key, '').turnId}:order:1`);
      expect(node.orders.filter((order) => ids.includes(order))).toEqual(ids);
    });

    it('announces to every node that somebody waits, and nothing of the kind where nobody does', async () => {
      const heard: [string, boolean][] = [];
      node.onHint((conversationId, _position, isWorking) => heard.push([conversationId, isWorking]));
      const [asking, idly] = [fresh(), fresh()];
      await send(node, asking, 'a', 'order a');
      await send(node, idly, 'b', 'say "replyTo":{');
      // Hints of a cluster travel from master to master.
      await until(() => heard.some(([id, isWorking]) => id === asking && isWorking));
      await until(() => heard.some(([id]) => id === idly));
      expect(heard).not.toContainEqual([idly, true]);
    });

    it('fires a timer once, by the clock it is given', async () => {
      let now = Date.now();
      const slow = await startTestNode(url(), { clock: () => now, pollMs: 20 });
      const id = fresh();
      // Both nodes poll: only the one whose clock has moved finds the timer due.
      await slow.engine.accept(id, messageEntry(id, 'a', 'later', now + 60_000), { isLogged: true });
      await idle(id, 1);
      await slow.engine.runDue([0, 1, 2, 3]);
      expect((await state(id)).seen).toHaveLength(1);
      now += 62_000;
      await Promise.all([slow.engine.runDue([0, 1, 2, 3]), slow.engine.runDue([0, 1, 2, 3])]);
      await idle(id, 2);
      expect((await state(id)).seen[1]).toMatch(/^timer:late:/);
      await expect(slow.engine.runDue([0, 1, 2, 3])).resolves.toBe(0);
      await slow.stop();
    });

    it('hands every line of the log to the records, and empties the stream only then', async () => {
      const id = fresh();
      await send(node, id, 'a', 'hello');
      await until(() => node.records.filter((row) => row.conversationId === id).length === 2);
      expect(node.records.filter((row) => row.conversationId === id)).toMatchObject([
        { type: 'activity', position: 1, activity: { text: 'hello' } },
        { type: 'activity', position: 2, activity: { text: 're: hello' } },
      ]);
    });

    it('keeps records while Postgres is away and writes them when it is back', async () => {
      let isAway = true;
      const rows: string[] = [];
      await node.stop();
      const lone = await startTestNode(url(), {
        writeRecords: async (batch) => {
          if (isAway) throw new Error('Postgres is away');
          rows.push(...batch.map((row) => row.conversationId));
        },
      });
      const id = fresh();
      await send(lone, id, 'a');
      await until(async () => readCounting(await lone.store.readState(id)).seen.length === 1);
      isAway = false;
      await until(() => rows.filter((row) => row === id).length === 2);
      await lone.stop();
      node = await startTestNode(url());
    });

    it('refuses more than an inbox, a user or the backlog may hold, and says when to come again', async () => {
      const busy = await startTestNode(url(), { limits: { inboxLimit: 0 } });
      const id = fresh();
      await expect(send(busy, id, 'a')).resolves.toMatchObject({ status: 'busy', reason: 'inbox' });
      await busy.stop();
      const rated = await startTestNode(url(), { limits: { userRatePerMinute: 2 } });
      await send(rated, id, 'a');
      await send(rated, id, 'b');
      await expect(send(rated, id, 'c')).resolves.toMatchObject({ status: 'busy', reason: 'rate' });
      await expect(send(rated, id, 'a')).resolves.toMatchObject({ status: 'duplicate' });
      await rated.stop();
      const backlog = await startTestNode(url(), { limits: { recordsLimit: 0 } });
      await expect(send(backlog, id, 'd')).resolves.toMatchObject({ status: 'busy', reason: 'records' });
      await backlog.stop();
    });

    it('refuses a different number of shards', async () => {
      await expect(startTestNode(url(), { limits: { shards: 5 } })).rejects.toThrow(/set SHARDS=4/);
    });
  });
}
