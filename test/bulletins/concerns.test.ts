import { concerns, knownPlaces } from '../../src/bulletins/concerns';
import { placeChoices, unknownPlaces } from '../../src/bulletins/place-choices';
import type { BulletinPlace } from '../../src/contract/bulletins';
import { newDialogState } from '../../src/dialogs/advance';
import { areasSchema } from '../../src/understanding/entities/address/service-areas';
import { meaning } from '../support/dialogs';

const place = (zh: string, area: string) => ({ kind: 'street' as const, name: { zh, en: zh }, area });
const name = (zh: string) => ({ zh, en: zh });
const areas = areasSchema.parse({
  provinces: [
    {
      name: name('江苏省'),
      cities: [
        {
          name: name('南京市'),
          districts: [
            { name: name('鼓楼区'), places: [place('中山路', 'gl-1'), place('湖南路', 'wide')] },
            { name: name('秦淮区'), places: [place('人民路', 'wide')] },
          ],
        },
      ],
    },
  ],
});
const understand = (text: string) => meaning(text);
const JIANGSU: BulletinPlace = { province: '江苏省', city: null, district: null, area: null };
const NANJING = { ...JIANGSU, city: '南京市' };
const GULOU = { ...NANJING, district: '鼓楼区' };

const isFor = (fact: unknown, target: BulletinPlace) => {
  const dialog = { ...newDialogState('zh'), shared: { fact: fact as never } };
  const known = () => knownPlaces({ dialog, customer: null }, { areas, understand }, { news: null, at: 0 });
  return concerns({ places: [target], channels: null }, 'web', known);
};

describe('whom a bulletin concerns', () => {
  it('is everybody of whom all that it names is known to be so', () => {
    const home = { full: '南京鼓楼', province: '江苏省', city: '南京市', district: '鼓楼区' };
    expect([JIANGSU, NANJING, GULOU].map((target) => isFor(home, target))).toEqual([true, true, true]);
    expect(isFor(home, { ...NANJING, district: '秦淮区' })).toBe(false);
    expect(isFor({ ...home, city: '徐州市' }, GULOU)).toBe(false);
    expect(isFor({ city: '南京市', province: '江苏省' }, GULOU)).toBe(false);
    // There are districts of this name in many cities.
    expect(isFor({ district: '鼓楼区' }, GULOU)).toBe(false);
    expect(isFor('鼓楼区', GULOU)).toBe(false);
  });

  it('knows where an area lies that is named by its id alone', () => {
    expect(isFor({ customer: { address: 'x', area: 'gl-1' } }, GULOU)).toBe(true);
    expect(isFor({ area: 'wide' }, NANJING)).toBe(true);
    expect(isFor({ area: 'wide' }, GULOU)).toBe(false);
    expect(isFor({ area: 'gl-1' }, { ...GULOU, area: 'gl-1' })).toBe(true);
    expect(isFor({ area: 'nowhere' }, JIANGSU)).toBe(false);
  });

  it('is nobody else where it names a place, and everybody of its channels where it names none', () => {
    const nobody = () => [];
    expect(concerns({ places: [GULOU], channels: null }, 'web', nobody)).toBe(false);
    expect(concerns({ places: [], channels: null }, 'web', nobody)).toBe(true);
    expect(concerns({ places: [], channels: ['app'] }, 'web', nobody)).toBe(false);
  });

  it('is chosen from the places that are served', () => {
    const [jiangsu] = placeChoices(areas);
    const gulou = jiangsu?.within[0]?.within[0];
    expect(gulou?.place).toEqual(GULOU);
    expect(gulou?.within.map(({ place: { area } }) => area)).toEqual(['gl-1', 'wide']);
    expect(unknownPlaces(areas, [JIANGSU, GULOU, { ...GULOU, area: 'wide' }])).toEqual([]);
    expect(unknownPlaces(areas, [{ ...GULOU, city: '苏州市' }])).toHaveLength(1);
  });
});
