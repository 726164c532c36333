import { isOwnArticle, isOwnChange } from '../../../src/content/place-rights/is-own-change';

const OWN = new Set(['江苏省', '南京市', '秦淮区']);
const article = (areas: string, answer = '答') => `---\nid: a\nareas: ${areas}\n---\n\n# zh\n\n${answer}\n`;
const PATH = 'dialogs/knowledge/a.md';
const TABLE = 'dialogs/tables/fees.csv';
const rows = (nanjing: string, other: string) =>
  `key,place,price:yuan\ninstall,南京市,${nanjing}\ninstall,,${other}\n`;

describe('isOwnArticle', () => {
  it('is one whose areas all lie within', () => {
    expect(isOwnArticle(article('[南京市]'), OWN)).toBe(true);
    expect(isOwnArticle(article('[秦淮区, 江苏省]'), OWN)).toBe(true);
    for (const areas of [
      '[]',
      '[南京市, 合肥市]',
      '[京市]',
      '南京市',
      '{ 南京市: 1 }',
      '[南京市',
      '[[南京市]]',
    ])
      expect(isOwnArticle(article(areas), OWN)).toBe(false);
    expect(isOwnArticle('# zh\n\n答\n', OWN)).toBe(false);
    expect(isOwnArticle('---\nid: a\n---\n# zh\n答\n', OWN)).toBe(false);
    expect(isOwnArticle(`---\nareas: [南京市]\nareas: [合肥市]\n---\n`, OWN)).toBe(false);
  });
});

describe('isOwnChange', () => {
  const may = (path: string, before: string | null, after: string | null) =>
    isOwnChange({ path, before, after }, OWN);

  it('lets local answers be written, changed and removed', () => {
    const [one, other] = [article('[南京市]'), article('[南京市]', '另一个答')];
    expect(may(PATH, one, other)).toBe(true);
    expect(may(PATH, null, one)).toBe(true);
    expect(may(PATH, one, null)).toBe(true);
    expect(may(PATH, one, article('[合肥市]'))).toBe(false);
    expect(may(PATH, one, article('[]'))).toBe(false);
    expect(may(PATH, article('[]'), one)).toBe(false);
    expect(may(PATH, article('[合肥市]'), null)).toBe(false);
  });
  it('lets rows of own places be changed, and no table come or go', () => {
    expect(may(TABLE, rows('50', '100'), rows('60', '100'))).toBe(true);
    expect(may(TABLE, rows('50', '100'), rows('50', '90'))).toBe(false);
    expect(may(TABLE, null, rows('50', '100'))).toBe(false);
    expect(may(TABLE, rows('50', '100'), null)).toBe(false);
  });
  it('lets nothing else be changed', () => {
    for (const path of ['dialogs/praise.yaml', 'intents/entities/areas.yaml', 'dialogs/policies/sla.yaml'])
      for (const [before, after] of [
        ['a', 'b'],
        [null, article('[南京市]')],
        [article('[南京市]'), null],
      ] as const)
        expect(may(path, before, after)).toBe(false);
    expect(may('dialogs/praise.yaml', 'a', 'a')).toBe(true);
  });
});
