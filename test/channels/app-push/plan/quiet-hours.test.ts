import fc from 'fast-check';
import { quietUntil, readQuietHours } from '../../../../src/channels/app-push/plan/quiet-hours';

const at = (iso: string) => Date.parse(iso);
const night = readQuietHours('21:00-08:00') ?? null;
const noon = readQuietHours('12:00 - 14:30') ?? null;

describe('quiet hours', () => {
  it.each([
    ['2026-11-24T12:59:59Z', null],
    ['2026-11-24T13:00:00Z', '2026-11-25T00:00:00Z'],
    ['2026-11-24T15:59:59Z', '2026-11-25T00:00:00Z'],
    ['2026-11-24T16:00:00Z', '2026-11-25T00:00:00Z'],
    ['2026-11-24T23:59:59Z', '2026-11-25T00:00:00Z'],
    ['2026-11-25T00:00:00Z', null],
  ])('over midnight in Shanghai, at %s, end at %s', (now, end) => {
    expect(quietUntil(at(now), night, 'Asia/Shanghai')).toBe(end === null ? null : at(end));
  });

  it('within a day end on that day', () => {
    expect(quietUntil(at('2026-11-24T05:00:00Z'), noon, 'Asia/Shanghai')).toBe(at('2026-11-24T06:30:00Z'));
    expect(quietUntil(at('2026-11-24T06:30:00Z'), noon, 'Asia/Shanghai')).toBeNull();
  });

  it('end by the clock on the wall, also in the night in which it is changed', () => {
    expect(quietUntil(at('2026-03-28T22:00:00Z'), night, 'Europe/Berlin')).toBe(at('2026-03-29T06:00:00Z'));
  });

  it('are read from their setting, or are none', () => {
    expect(readQuietHours('off')).toBeNull();
    expect(readQuietHours('08:00-08:00')).toBeNull();
    for (const wrong of ['', '21-8', '24:00-08:00', '21:00-08:60', 'x']) {
      expect(readQuietHours(wrong)).toBeUndefined();
    }
    expect(quietUntil(at('2026-11-24T16:00:00Z'), null, 'Asia/Shanghai')).toBeNull();
  });

  it('always end later, outside of them, and less than a day away', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), minute, minute, (now, from, to) => {
        const end = quietUntil(now, { from, to }, 'Asia/Shanghai');
        if (end === null) return;
        expect(end).toBeGreaterThan(now);
        expect(end - now).toBeLessThanOrEqual(24 * 3600_000);
        if (from !== to) expect(quietUntil(end, { from, to }, 'Asia/Shanghai')).toBeNull();
      }),
    );
  });
});
