import { type Facts, pickPolicies, pickPolicy } from '../../../src/sla/policy/pick-policy';
import { applyPolicy, type PolicySet, renewedUntil } from '../../../src/sla/policy/policies';
import { type Match, type Policy, policySchema } from '../../../src/sla/policy/policy-schema';
import { calendarOf, DAY, HOUR, shanghai } from '../build';

const policy = (id: string, match: Match = {}, changed: Partial<Policy> = {}): Policy => ({
  ...policySchema.parse({
    id,
    name: { zh: id, en: id },
    subject: 'work-order',
    target: { hours: 4 },
    calendar: 'always',
    thresholds: [{ percent: 100, actions: [] }],
  }),
  match,
  ...changed,
});
const setOf = (...policies: Policy[]): PolicySet => ({
  hash: 'h',
  timeZone: 'Asia/Shanghai',
  quietHours: null,
  calendars: new Map([['always', calendarOf()]]),
  policies,
});
const facts = (changed: Partial<Facts> = {}): Facts => ({
  subject: 'work-order',
  startAt: shanghai('2026-11-24 10:00'),
  channel: 'web',
  kind: 'fault',
  priority: 'normal',
  ...changed,
});
const picked = (set: PolicySet, changed: Partial<Facts> = {}) =>
  pickPolicy(set, 'promise', facts(changed))?.id;

describe('the policy that holds', () => {
  const set = setOf(
    policy('all'),
    policy('faults', { kinds: ['fault'] }),
    policy('gold', { customerLevels: ['gold'] }),
    policy('henan', { provinces: ['河南省'] }),
    policy('rural', { settlements: ['rural'], kinds: ['fault'] }),
    policy('early', { kinds: ['fault'], channels: ['app'], acceptedBefore: '16:00' }),
  );

  it.each<[string, Partial<Facts>]>([
    ['all', { kind: 'installation' }],
    ['faults', {}],
    ['gold', { customerLevel: 'gold' }],
    ['henan', { customerLevel: 'gold', province: '河南省', settlement: 'rural' }],
    ['rural', { settlement: 'rural', customerLevel: 'gold' }],
    ['early', { channel: 'app' }],
    ['faults', { channel: 'app', startAt: shanghai('2026-11-24 16:00') }],
  ])('is %s, the one that asks for what counts more', (id, changed) => {
    expect(picked(set, changed)).toBe(id);
  });

  it('is none where none fits, and one for each clock where there are', () => {
    expect(picked(setOf(policy('gold', { customerLevels: ['gold'] })))).toBeUndefined();
    const three = setOf(
      policy('p'),
      policy('l', {}, { clock: 'legal' }),
      policy('i', {}, { clock: 'internal' }),
    );
    expect(pickPolicies(three, facts()).map(({ id }) => id)).toEqual(['i', 'p', 'l']);
  });
});

describe('a policy as it is applied', () => {
  const apply = (target: Policy['target'], at = '2026-11-24 10:00') =>
    applyPolicy(setOf(), policy('p', {}, { target }), shanghai(at));

  it('measures hours on the calendar, days as dates, and a time of day from the start', () => {
    expect(apply({ hours: 4 })).toMatchObject({ measure: 'open', targetMs: 4 * HOUR });
    expect(apply({ workingDays: 5 })).toMatchObject({ measure: 'working-days', targetMs: 5 * DAY });
    expect(apply({ until: '24:00' })).toMatchObject({ measure: 'plain', targetMs: 14 * HOUR });
    expect(apply({ until: '09:00' })).toMatchObject({ targetMs: 23 * HOUR });
  });

  it('gives a new time after a broken promise', () => {
    const now = shanghai('2026-11-24 14:00');
    expect(renewedUntil(setOf(), policy('p'), now)).toBe(now + 4 * HOUR);
    expect(renewedUntil(setOf(), policy('p', {}, { renewal: { hours: 1 } }), now)).toBe(now + HOUR);
  });
});
