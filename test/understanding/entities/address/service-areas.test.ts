import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressFinder } from '../../../../src/understanding/entities/address/find-addresses';
import { createGazetteer } from '../../../../src/understanding/entities/address/gazetteer';
import {
  createAreaFacts,
  createAreaNames,
  parseAreas,
} from '../../../../src/understanding/entities/address/service-areas';

const file = (districts: string) => ({
  'areas.yaml': `provinces:
  - name: { zh: 江苏省, en: Jiangsu }
    cities:
      - name: { zh: 南京市, en: Nanjing }
        districts:
${districts}
  - name: { zh: 上海市, en: Shanghai }
    cities:
      - name: { zh: 上海市, en: Shanghai }
        districts:
          - name: { zh: 黄浦区, en: Huangpu District }
            places:
              - { kind: street, name: { zh: 南京东路, en: East Nanjing Road }, area: sh-1 }
              - { kind: street, name: { zh: 中山路, en: Zhongshan Road }, area: sh-2 }
`,
});
const GULOU = `          - name: { zh: 鼓楼区, en: Gulou District }
            places:
              - { kind: street, name: { zh: 中山路, en: Zhongshan Road }, area: nj-1 }
              - { kind: compound, name: { zh: 南苑, en: Nanyuan Estate }, aliases: [南苑小区], area: nj-2 }
              - { kind: street, name: { zh: 汉口路, en: Hankou Road }, area: nj-3 }`;

const { areas, problems } = parseAreas(file(GULOU));
const find = addressFinder(createGazetteer(areas));
const readFirst = (text: string) => find(text)[0]?.value;
const NANJING = { province: '江苏省', city: '南京市', district: '鼓楼区' };

describe('service areas', () => {
  it('load without problems, as shipped too', () => {
    const shipped = readFileSync(join(__dirname, '../../../../intents/entities/areas.yaml'), 'utf8');
    expect([problems, parseAreas({ 'areas.yaml': shipped }).problems, parseAreas({}).problems]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it.each([
    ['汉口路22号3栋', { ...NANJING, area: 'nj-3' }, '汉口路22号3栋'],
    ['南苑3栋201', { ...NANJING, area: 'nj-2', community: '南苑' }, '南苑3栋201'],
    ['我家在汉口路163号南苑3栋', { ...NANJING, area: 'nj-2', road: '汉口路' }, '汉口路163号南苑3栋'],
    ['22 Hankou Road, building 3', { ...NANJING, area: 'nj-3' }, '22 Hankou Road, building 3'],
    ['南京中山路18号', { ...NANJING, area: 'nj-1', road: '中山路' }, '南京中山路18号'],
    ['黄浦区中山路18号', { city: '上海市', area: 'sh-2' }, '黄浦区中山路18号'],
    ['鼓楼区云南路5号', { province: '江苏省', city: '南京市' }, '鼓楼区云南路5号'],
  ])('fill in what follows from "%s", and say only what was said', (text, parts, full) => {
    expect(readFirst(text)).toMatchObject({ ...parts, full });
  });

  it('name the parts that were not said', () => {
    expect(readFirst('汉口路22号')).toMatchObject({ inferred: ['province', 'city', 'district'] });
    expect(readFirst('南京市鼓楼区汉口路22号')).toMatchObject({ inferred: ['province'] });
  });

  it('leave a street of several places open, and one that is said to lie elsewhere', () => {
    expect(readFirst('中山路18号')).toEqual({ full: '中山路18号', road: '中山路', number: '18号' });
    expect(readFirst('玄武区汉口路22号')).not.toHaveProperty('area');
  });

  it('do not take a street for the estate or the city whose name begins it', () => {
    expect(readFirst('南苑路5号')).toEqual({ full: '南苑路5号', road: '南苑路', number: '5号' });
    expect(readFirst('南京东路5号')).toMatchObject({ road: '南京东路', city: '上海市', area: 'sh-1' });
  });

  it.each([
    ['          - name: { zh: 鼓楼, en: Gulou }', 6, 'a name that ends with 区, 县, 市 or 旗'],
    [
      `${GULOU}\n              - { kind: street, name: { zh: 中山路, en: Z }, area: nj-9 }`,
      11,
      '"中山路" stands here twice',
    ],
    [
      '          - name: { zh: 鼓楼区, en: G }\n            places: [{ kind: lane, name: { zh: 一巷, en: L }, area: x1 }]',
      7,
      'Invalid',
    ],
    [
      '          - name: { zh: 鼓楼区, en: G }\n            places: [{ kind: street, name: { zh: 一路, en: L }, area: NJ 1 }]',
      7,
      'small letters',
    ],
    ['          - {', 7, ''],
  ])('are refused with file, line and remedy: %s', (districts, line, message) => {
    const [problem] = parseAreas(file(districts)).problems;
    expect(problem).toMatchObject({ file: 'areas.yaml', line });
    expect(problem?.message).toContain(message);
    expect(problem?.remedy).not.toBe('');
  });

  it('say where they lie, as far as it is one place', () => {
    const text = `${file(GULOU)['areas.yaml']}settlements: { urban: [nj-1, sh-9], rural: [nj-3, nj-1] }\n`;
    const { problems: found } = parseAreas({ 'areas.yaml': text });
    expect(found.map(({ message }) => message)).toEqual(['no place lies in "sh-9"', '"nj-1" is urban too']);
    const shipped = readFileSync(join(__dirname, '../../../../intents/entities/areas.yaml'), 'utf8');
    const factsOf = createAreaFacts(parseAreas({ 'areas.yaml': shipped }).areas);
    expect(['nj-jn-09', 'cd-qy-01', 'unknown'].map(factsOf)).toEqual([
      { province: '江苏省', settlement: 'rural' },
      { province: '四川省', settlement: 'urban' },
      { province: null, settlement: null },
    ]);
  });
});

it('calls an area by its district and the first of its places', () => {
  const places = ['中山路', '湖南路', '汉中路'].map(
    (zh, i) => `              - { kind: street, name: { zh: ${zh}, en: Road ${i + 1} }, area: nj-1 }`,
  );
  const { areas } = parseAreas(
    file(`          - name: { zh: 鼓楼区, en: Gulou District }\n            places:\n${places.join('\n')}`),
  );
  const nameArea = createAreaNames(areas);
  expect(nameArea('nj-1')).toEqual({ zh: '鼓楼区 中山路、湖南路等', en: 'Gulou District: Road 1, Road 2 …' });
  expect(nameArea('sh-1')).toEqual({ zh: '黄浦区 南京东路', en: 'Huangpu District: East Nanjing Road' });
  expect(nameArea('nowhere')).toBeNull();
});
