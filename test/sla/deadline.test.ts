import type { ClockEvent } from '../../src/contract/sla';
import { deadlineOf, momentOf, openThresholds } from '../../src/sla/deadline';
import { HOUR, MINUTE, officeOf, pauseOf, policyOf, shanghai, started } from './build';

const TEN = shanghai('2026-11-24 10:00');
const begun = started(TEN);
const dueAt = (log: ClockEvent[]) => deadlineOf(log, TEN).dueAt;
const keysOf = (log: ClockEvent[], fired: string[] = []) =>
  openThresholds({ subject: 'work-order', log, fired }).map(({ key, dueAt: at }) => [key, at]);
const changed = (at: number, hours: number): ClockEvent => ({
  type: 'policy-changed',
  at,
  policy: policyOf({ targetMs: hours * HOUR }),
});

describe('a deadline', () => {
  it('is the target after the start', () => {
    expect(deadlineOf([begun], TEN + HOUR)).toMatchObject({
      status: 'running',
      elapsedMs: HOUR,
      dueAt: TEN + 4 * HOUR,
      revision: 1,
    });
  });

  it('is later by a pause, and unknown while it lasts', () => {
    const pause = pauseOf(TEN + HOUR, TEN + 3 * HOUR);
    expect(dueAt([begun, ...pause])).toBe(TEN + 6 * HOUR);
    expect(deadlineOf([begun, ...pause.slice(0, 1)], TEN + 2 * HOUR)).toMatchObject({
      status: 'paused',
      elapsedMs: HOUR,
      dueAt: null,
    });
  });

  it('does not move for a reason that its policy does not know', () => {
    expect(dueAt([begun, ...pauseOf(TEN + HOUR, TEN + 3 * HOUR, 'parts')])).toBe(TEN + 4 * HOUR);
  });

  it('counts a disputed pause until a supervisor upholds it', () => {
    const disputed: ClockEvent[] = [
      begun,
      ...pauseOf(TEN + HOUR, TEN + 3 * HOUR, 'customer-unreachable'),
      { type: 'disputed', at: TEN + 2 * HOUR, by: 'customer' },
    ];
    const ruled = (isUpheld: boolean): ClockEvent => ({
      type: 'ruled',
      at: TEN + 3 * HOUR,
      by: 'agent:s',
      isUpheld,
    });
    expect(dueAt(disputed)).toBe(TEN + 4 * HOUR);
    expect(dueAt([...disputed, ruled(false)])).toBe(TEN + 4 * HOUR);
    expect(dueAt([...disputed, ruled(true)])).toBe(TEN + 6 * HOUR);
  });

  it('cannot be disputed where nobody is blamed', () => {
    const log = [
      begun,
      ...pauseOf(TEN + HOUR, TEN + 3 * HOUR),
      { type: 'disputed' as const, at: TEN + 2 * HOUR, by: 'customer' },
    ];
    expect(dueAt(log)).toBe(TEN + 6 * HOUR);
  });

  it('keeps what has elapsed when the policy changes, each stretch by the calendar of its time', () => {
    expect(dueAt([begun, changed(TEN + HOUR, 8)])).toBe(TEN + 8 * HOUR);
    const office = policyOf({ calendar: officeOf(), targetMs: 4 * HOUR });
    // Two hours day and night, then two of the office: 12:00 to lunch's end, then 13:30 to 15:30.
    expect(dueAt([begun, { type: 'policy-changed', at: TEN + 2 * HOUR, policy: office }])).toBe(
      shanghai('2026-11-24 15:30'),
    );
  });

  it('is never before the change that shortened it', () => {
    expect(dueAt([begun, changed(TEN + 3 * HOUR, 2)])).toBe(TEN + 3 * HOUR);
  });

  it('is not before a visit ends, and what warns of it keeps its distance', () => {
    const log: ClockEvent[] = [begun, { type: 'visit', at: TEN, endAt: TEN + 24 * HOUR }];
    expect([momentOf(log, 75), momentOf(log, 100)]).toEqual([TEN + 23 * HOUR, TEN + 24 * HOUR]);
    expect(dueAt([begun, { type: 'visit', at: TEN, endAt: TEN + HOUR }])).toBe(TEN + 4 * HOUR);
  });

  it('begins anew after a relapse, or goes on where it stood, by the policy', () => {
    const relapse: ClockEvent[] = [
      { type: 'met', at: TEN + 3 * HOUR },
      { type: 'reopened', at: TEN + 48 * HOUR },
    ];
    expect(deadlineOf([begun, ...relapse], TEN)).toMatchObject({ dueAt: TEN + 52 * HOUR, revision: 2 });
    const going = started(TEN, policyOf({ onReopen: 'continue' }));
    expect(deadlineOf([going, ...relapse], TEN)).toMatchObject({ dueAt: TEN + 49 * HOUR, revision: 1 });
  });

  it('of what was done in time stays what it was', () => {
    expect(deadlineOf([begun, { type: 'met', at: TEN + HOUR }], TEN + 9 * HOUR)).toMatchObject({
      status: 'met',
      elapsedMs: HOUR,
      dueAt: TEN + 4 * HOUR,
    });
  });

  it('is what was promised anew after it was broken', () => {
    const log: ClockEvent[] = [begun, { type: 'renewed', at: TEN + 4 * HOUR, until: TEN + 7 * HOUR }];
    expect(deadlineOf(log, TEN)).toMatchObject({ dueAt: TEN + 7 * HOUR, renewals: 1, revision: 2 });
  });

  it('survives clocks of nodes that differ', () => {
    expect(dueAt([begun, ...pauseOf(TEN + HOUR, TEN + 30 * MINUTE)])).toBe(TEN + 4 * HOUR);
  });
});

describe('thresholds', () => {
  it('come in order, each once', () => {
    expect(keysOf([begun])).toEqual([
      ['75@1', TEN + 3 * HOUR],
      ['100@1', TEN + 4 * HOUR],
    ]);
    expect(keysOf([begun], ['75@1'])).toEqual([['100@1', TEN + 4 * HOUR]]);
  });

  it('do not come again for a pause, and come again for a longer target', () => {
    const late = [begun, ...pauseOf(TEN + 3.5 * HOUR, TEN + 5 * HOUR)];
    expect(keysOf(late, ['75@1'])).toEqual([['100@1', TEN + 5.5 * HOUR]]);
    expect(keysOf([begun, changed(TEN + 3.5 * HOUR, 8)], ['75@1'])).toEqual([
      ['75@2', TEN + 6 * HOUR],
      ['100@2', TEN + 8 * HOUR],
    ]);
  });

  it('that were passed already are not passed again by a shorter target', () => {
    expect(keysOf([begun, changed(TEN + 5 * HOUR, 2)], ['75@1', '100@1'])).toEqual([]);
  });

  it('after the end are none, and those before it still are', () => {
    const met: ClockEvent = { type: 'met', at: TEN + 3.5 * HOUR };
    expect(keysOf([begun, met])).toEqual([['75@1', TEN + 3 * HOUR]]);
    expect(keysOf([begun, { type: 'cancelled', at: TEN + 5 * HOUR }])).toEqual([]);
  });
});
