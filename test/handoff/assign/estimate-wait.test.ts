import fc from 'fast-check';
import { agentRecord, nextTimeOfDay } from '../../../src/handoff/assign/agent-record';
import { estimateMinutes } from '../../../src/handoff/assign/estimate-wait';
import { placeInLine } from '../../../src/handoff/assign/place-in-line';
import { shippedRouting } from '../../support/policies';
import { SEED } from '../../support/size';

const MINUTE = 60_000;
const ZONE = 'Asia/Shanghai';
/** 24 November 2026, 10:00 in Shanghai. */
const TEN = Date.UTC(2026, 10, 24, 2);

describe('the estimate of a wait', () => {
  it('is the number before one and the own turn, by how many were taken lately, rounded up', () => {
    expect(estimateMinutes({ served: 10, servedWithinMs: 30 * MINUTE }, 0)).toBe(3);
    expect(estimateMinutes({ served: 10, servedWithinMs: 30 * MINUTE }, 4)).toBe(15);
    // Three within a minute are no rate yet.
    expect(estimateMinutes({ served: 3, servedWithinMs: MINUTE }, 2)).toBe(5);
  });

  it('is not known with fewer than three taken, or beyond three hours', () => {
    expect(estimateMinutes({ served: 2, servedWithinMs: 30 * MINUTE }, 1)).toBeNull();
    expect(estimateMinutes({ served: 3, servedWithinMs: 30 * MINUTE }, 30)).toBeNull();
  });

  it('never falls as more are before one', () => {
    const line = fc.record({
      served: fc.integer({ min: 3, max: 500 }),
      servedWithinMs: fc.integer({ min: 0, max: 30 * MINUTE }),
    });
    fc.assert(
      fc.property(line, fc.nat(300), (served, ahead) => {
        const unknown = Number.POSITIVE_INFINITY;
        const [less, more] = [ahead, ahead + 1].map((each) => estimateMinutes(served, each) ?? unknown);
        expect(more).toBeGreaterThanOrEqual(less ?? unknown);
      }),
      { seed: SEED },
    );
  });

  it('belongs to the line of the own group, and to nobody who does not wait', async () => {
    const line = { group: 'fault', onDuty: 1, waiting: 9, served: 6, servedWithinMs: 30 * MINUTE };
    const lines = async () => [{ ...line, conversationIds: [] }];
    const at = (place: { group: string; position: number } | null) =>
      placeInLine({ place: async () => place, lines }, 'c');
    expect(await at({ group: 'fault', position: 2 })).toEqual({ position: 2, waitMinutes: 10 });
    expect(await at(null)).toEqual({ position: null, waitMinutes: null });
  });
});

describe('what assignment knows of somebody', () => {
  const plain = { groups: null, languages: null, capacity: 4, shiftEnd: null };
  const record = (
    role: string,
    skills: Partial<Parameters<typeof agentRecord>[1]> = {},
    shiftEndsAt: number | null = null,
  ) =>
    agentRecord(
      { id: 'a', name: 'A', role },
      { ...plain, ...skills },
      { routing: shippedRouting, now: TEN, timeZone: ZONE, shiftEndsAt },
    );

  it('is every open group for an agent without skills, and for who leads the others too', () => {
    expect(Object.keys(record('agent').groups)).not.toContain('supervisors');
    expect(Object.keys(record('supervisor').groups)).toContain('supervisors');
    expect(record('agent', { groups: { supervisors: 2, gone: 3 } }).groups).toEqual({ supervisors: 2 });
  });

  it('is that nothing new is offered in the last minutes of the shift', () => {
    expect(record('agent').closesAt).toBeNull();
    expect(record('agent', { shiftEnd: '10:15' }).closesAt).toBe(TEN - 5 * MINUTE);
    expect(record('agent', { shiftEnd: '18:00' }).closesAt).toBe(TEN + (8 * 60 - 20) * MINUTE);
    // The roster knows better.
    expect(record('agent', { shiftEnd: '18:00' }, TEN + 60 * MINUTE).closesAt).toBe(TEN + 40 * MINUTE);
    // A night shift ends tomorrow.
    expect(nextTimeOfDay('06:00', TEN, ZONE)).toBe(TEN + 20 * 60 * MINUTE);
    expect(nextTimeOfDay('10:00', TEN, ZONE)).toBe(TEN + 24 * 60 * MINUTE);
  });
});
