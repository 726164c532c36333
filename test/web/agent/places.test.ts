import type { WallAgent } from '../../../src/contract/supervision';
import { isAt, placesOf } from '../../../src/web/agent/state/places';

// Of an agent of the wall only the place is looked at.
const at = (site: string | null, team: string | null) => ({ site, team }) as WallAgent;

describe('places of the wall', () => {
  it('are sites, each with its teams, once', () => {
    const people = [
      at('南京', '二班'),
      at('南京', '一班'),
      at('南京', '二班'),
      at(null, '夜班'),
      at(null, null),
    ];
    expect(placesOf(people)).toEqual(['南京', '南京 · 一班', '南京 · 二班', '夜班']);
  });

  it('hold whoever works there, and everybody when none is asked for', () => {
    expect([isAt(at('南京', '二班'), '南京'), isAt(at('南京', '二班'), '南京 · 二班')]).toEqual([true, true]);
    expect([isAt(at('南京', '二班'), '南京 · 一班'), isAt(at(null, '二班'), '南京 · 二班')]).toEqual([
      false,
      false,
    ]);
    expect(isAt(at(null, null), null)).toBe(true);
    expect(isAt(at(null, null), '南京')).toBe(false);
  });
});
