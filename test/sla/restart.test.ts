import { type RedisServer, startRedisServer } from '../support/redis-server';
import { countingTurn, messageEntry, startTestNode, until } from '../support/turns';

const HOUR = 3600_000;
/** Three quarters of a promise, its end, and the limit of the law. */
const THRESHOLDS = [3, 4, 48];
const SUBJECTS = 30;

/** A message sets the thresholds of its subject; each that is due is noted. */
function createNode(url: string, clock: () => number, fired: string[]) {
  return startTestNode(url, {
    clock,
    turn: {
      ...countingTurn,
      run(input) {
        const result = countingTurn.run(input);
        if (result instanceof Promise) throw new Error('the counting turn is computed at once');
        const { activity, at, turnId } = input.entry;
        if (activity.name === 'timer.due')
          fired.push(`${input.conversationId} ${JSON.stringify(activity.value)}`);
        const timers = THRESHOLDS.map((hours) => ({
          id: `${turnId}:${hours}`,
          dueAt: at + hours * HOUR,
          value: { hours },
        }));
        return activity.text === 'promise' ? { ...result, timers } : result;
      },
    },
  });
}

describe('a restart after hours down', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.stop());

  it('fires every overdue threshold exactly once, in order for each subject, whichever node is first', async () => {
    const before = await createNode(redis.url, () => Date.now(), []);
    const ids = Array.from({ length: SUBJECTS }, (_, n) => `subject-${n}`);
    for (const id of ids) {
      const entry = messageEntry(id, 'm', 'promise', Date.now());
      await before.engine.accept(id, entry);
      await before.engine.outcome(id, entry.turnId, 20_000);
    }
    await before.stop();

    const fired: string[] = [];
    // Down for ten hours: the promise has lapsed, the limit of the law has not.
    const later = () => Date.now() + 10 * HOUR;
    const nodes = await Promise.all([1, 2, 3].map(() => createNode(redis.url, later, fired)));
    const due = ids.flatMap((id) => [3, 4].map((hours) => `${id} {"hours":${hours}}`));
    await until(() => fired.length >= due.length, 60_000);
    // A restart once more finds nothing left to do.
    await Promise.all(nodes.map((node) => node.stop()));
    const again = await createNode(redis.url, later, fired);
    const last = messageEntry('another', 'm', 'promise', Date.now() - 100 * HOUR);
    await again.engine.accept('another', last);
    await until(() => fired.some((each) => each === 'another {"hours":48}'), 60_000);
    await again.stop();

    const ofThem = fired.filter((each) => !each.startsWith('another'));
    expect([...ofThem].sort()).toEqual([...due].sort());
    for (const id of ids)
      expect(ofThem.filter((each) => each.startsWith(`${id} `))).toEqual(
        [3, 4].map((h) => `${id} {"hours":${h}}`),
      );
  }, 120_000);
});
