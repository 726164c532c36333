import { decide, type Policy, type Sight } from '../../../../src/channels/app-push/plan/decide';
import { backOffMs, begin, settle } from '../../../../src/channels/app-push/plan/outcome';
import {
  newRecord,
  type Owed,
  owe,
  oweAgain,
  type Push,
  type PushRecord,
} from '../../../../src/channels/app-push/plan/record';

const NOW = 1_000_000;
const policy: Policy = { waitMs: 5000, answerMs: 60_000, quietUntil: () => null };
const quiet: Policy = { ...policy, quietUntil: () => NOW + 3600_000 };

const owed = (position: number, change: Partial<Owed> = {}): Owed => ({
  id: `turn-${position}`,
  position,
  count: 1,
  owedAt: NOW - 5000,
  heardAt: null,
  isDanger: false,
  orderNumber: null,
  ...change,
});
const recordOf = (...items: Owed[]): PushRecord => items.reduce(owe, newRecord('u'));
const sightOf = (record: PushRecord, change: Partial<Sight> = {}): Sight => ({
  record,
  read: 0,
  isReaderHere: false,
  ...change,
});
const pushOf = (change: Partial<Push> = {}): Push => ({
  key: 'k1',
  event: 'message',
  upTo: 3,
  count: 1,
  body: '{}',
  createdAt: NOW,
  state: 'waiting',
  sends: 1,
  uncertainSends: 0,
  ...change,
});
const patience = { now: NOW, maxAgeMs: 60_000, random: () => 0.5 };

describe('what is done next', () => {
  it('is nothing before a reply has had its time', () => {
    const move = decide(sightOf(recordOf(owed(3, { owedAt: NOW - 1000 }))), NOW, policy);
    expect(move).toMatchObject({ type: 'rest', dueAt: NOW + 4000 });
  });

  it('is a push when the time is over and nobody is there', () => {
    expect(decide(sightOf(recordOf(owed(3))), NOW, policy)).toMatchObject({
      type: 'compose',
      event: 'message',
    });
  });

  it('is another look while a stream is open', () => {
    const move = decide(sightOf(recordOf(owed(3)), { isReaderHere: true }), NOW, policy);
    expect(move).toMatchObject({ type: 'rest', dueAt: NOW + 5000 });
  });

  it('is nothing more for what has been read', () => {
    const move = decide(sightOf(recordOf(owed(3), owed(5)), { read: 3 }), NOW, policy);
    expect(move.record.items.map(({ position }) => position)).toEqual([5]);
    expect(decide(sightOf(recordOf(owed(3)), { read: 3 }), NOW, policy)).toMatchObject({
      type: 'rest',
      dueAt: null,
      record: { settled: [{ id: 'turn-3', state: 'sent', reason: 'read' }] },
    });
  });

  it('is to hold news until quiet hours end', () => {
    expect(decide(sightOf(recordOf(owed(3))), NOW, quiet)).toMatchObject({
      type: 'rest',
      dueAt: NOW + 3600_000,
      record: { items: [{ state: 'held', reason: 'quiet-hours' }] },
    });
  });

  it.each([
    ['danger', { isDanger: true }, 'compose'],
    ['an answer in time', { heardAt: NOW - 60_000 }, 'compose'],
    ['an answer to what was asked long ago', { heardAt: NOW - 60_001 }, 'rest'],
  ])('in quiet hours, for %s, is %s', (_what, change, type) => {
    expect(decide(sightOf(recordOf(owed(2), owed(3, change))), NOW, quiet)).toMatchObject({ type });
  });

  it('is nothing while the receiver is given time', () => {
    const record = { ...recordOf(owed(3)), notBefore: NOW + 1 };
    expect(decide(sightOf(record), NOW, policy)).toMatchObject({ type: 'rest', dueAt: NOW + 1 });
  });

  it('is the same push again, unless more has come that was certainly not sent', () => {
    const one = { ...recordOf(owed(3)), push: pushOf() };
    expect(decide(sightOf(one), NOW, policy)).toMatchObject({ type: 'repeat', push: { key: 'k1' } });
    const more = owe(one, owed(5));
    expect(decide(sightOf(more), NOW, policy)).toMatchObject({ type: 'compose' });
    const inDoubt = { ...more, push: pushOf({ uncertainSends: 1 }) };
    expect(decide(sightOf(inDoubt), NOW, policy)).toMatchObject({ type: 'repeat', push: { key: 'k1' } });
  });

  it('is to take back what is shown, once it is read', () => {
    const shown = { ...newRecord('u'), shownTo: 3 };
    expect(decide(sightOf(shown, { read: 2 }), NOW, policy)).toMatchObject({ type: 'rest', dueAt: null });
    expect(decide(sightOf(shown, { read: 3 }), NOW, policy)).toMatchObject({ event: 'withdraw' });
    expect(decide(sightOf(shown, { read: 3 }), NOW, quiet)).toMatchObject({ event: 'withdraw' });
  });

  it('is a message rather than a withdrawal that it replaces', () => {
    const record = { ...recordOf(owed(5)), shownTo: 3, push: pushOf({ event: 'withdraw' }) };
    expect(decide(sightOf(record, { read: 3 }), NOW, policy)).toMatchObject({ event: 'message' });
    expect(decide(sightOf(record, { read: 3 }), NOW, quiet)).toMatchObject({
      type: 'repeat',
      push: { event: 'withdraw' },
    });
  });

  it('takes nothing back while it is not known how much is shown', () => {
    const push = pushOf({ upTo: 5, uncertainSends: 1 });
    const record = { ...recordOf(owed(5)), shownTo: 3, push };
    expect(decide(sightOf(record, { read: 3 }), NOW, quiet)).toMatchObject({ type: 'rest' });
  });

  it('drops a push whose messages were all read, and takes it back when it may have arrived', () => {
    const record = { ...recordOf(owed(3)), push: pushOf() };
    const read = { read: 3 };
    expect(decide(sightOf(record, read), NOW, policy)).toMatchObject({
      type: 'rest',
      record: { push: null },
    });
    const inDoubt = { ...record, push: pushOf({ uncertainSends: 1 }) };
    expect(decide(sightOf(inDoubt, read), NOW, policy)).toMatchObject({ event: 'withdraw' });
  });
});

describe('what a send comes to', () => {
  const sending = (change: Partial<Push> = {}) =>
    begin(recordOf(owed(3), owed(5)), pushOf({ upTo: 3, ...change }));

  it('is sent for what the push covers, and nothing for what came after', () => {
    const outcome = settle(sending(), 'k1', { type: 'sent' }, patience);
    expect(outcome).toMatchObject({
      state: 'sent',
      record: {
        push: null,
        shownTo: 3,
        items: [
          { state: 'sent', reason: 'pushed' },
          { state: 'queued', reason: null },
        ],
      },
    });
  });

  it('is nothing for a push that has been replaced', () => {
    expect(settle(sending(), 'other', { type: 'sent' }, patience)).toBeNull();
  });

  it('waits as long as it is asked to, and no shorter than the back-off', () => {
    const later = { type: 'later', reason: 'http-429', waitMs: 30_000 } as const;
    expect(settle(sending(), 'k1', later, patience)?.record).toMatchObject({
      notBefore: NOW + 30_000,
      failures: 1,
      push: { uncertainSends: 0 },
    });
    expect(settle(sending(), 'k1', { ...later, waitMs: 0 }, patience)?.record.notBefore).toBe(NOW + 500);
  });

  it('is given up at once when the pause is longer than its time', () => {
    const later = { type: 'later', reason: 'http-429', waitMs: 60_001 } as const;
    expect(settle(sending(), 'k1', later, patience)).toMatchObject({
      state: 'not-delivered',
      record: { push: null, items: [{ state: 'not-delivered', reason: 'http-429' }, { state: 'queued' }] },
    });
  });

  it('stays in doubt when it is given up after a send that may have arrived', () => {
    const outcome = settle(
      sending({ uncertainSends: 1 }),
      'k1',
      { type: 'final', reason: 'http-400' },
      patience,
    );
    expect(outcome?.record).toMatchObject({
      shownTo: 3,
      items: [{ state: 'doubtful' }, { state: 'queued' }],
    });
    const again = oweAgain(outcome?.record ?? newRecord('u'), ['turn-3'], NOW);
    expect(again.items[0]).toMatchObject({ state: 'queued', owedAt: NOW });
  });

  it('backs off with full jitter under a bound that doubles and ends', () => {
    expect([0, 1, 2, 3].map((failures) => backOffMs(failures, () => 0.999_999))).toEqual([
      999, 1999, 3999, 7999,
    ]);
    expect(backOffMs(100, () => 0.999_999_9)).toBe(299_999);
    expect(backOffMs(5, () => 0)).toBe(0);
  });
});

describe('what is owed', () => {
  it('is owed once, however often it is told', () => {
    const record = recordOf(owed(3));
    expect(owe(record, owed(3))).toBe(record);
    expect(owe(record, owed(2))).toBe(record);
  });

  it('is counted when there is more of it than is kept apart', () => {
    const record = recordOf(...Array.from({ length: 80 }, (_, n) => owed(n + 1, { count: 2 })));
    expect(record.items).toHaveLength(50);
    expect(record.items.reduce((sum, { count }) => sum + count, 0)).toBe(160);
  });
});
