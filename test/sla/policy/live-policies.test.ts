import { createLivePolicies } from '../../../src/sla/policy/live-policies';
import type { PolicySet } from '../../../src/sla/policy/policies';

const setOf = (hash: string): PolicySet => ({
  hash,
  timeZone: 'Asia/Shanghai',
  quietHours: { from: 0, to: hash.length },
  calendars: new Map(),
  policies: [],
});

describe('policies that are replaced while the server runs', () => {
  it('are those of today for whoever has held them since the start', () => {
    const live = createLivePolicies(setOf('old'));
    const { set } = live;
    expect(set.hash).toBe('old');
    live.replace(setOf('newer'));
    expect({ ...set }).toEqual(setOf('newer'));
  });
});
