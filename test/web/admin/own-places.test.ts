import { emptyAdmin, reduceAdmin } from '../../../src/web/admin/state/admin-state';
import { emptyBench, textOf } from '../../../src/web/admin/state/bench';
import { mayEditFile, ownPlacesOf } from '../../../src/web/admin/state/own-places';

const FEES = 'dialogs/tables/fees.csv';
const ROWS = 'key,place,price:yuan\ninstall,,100\ninstall,南京市,50\n';
const AREAS = `provinces:
  - name: { zh: 江苏省, en: Jiangsu }
    cities:
      - name: { zh: 南京市, en: Nanjing }
        districts:
          - { name: { zh: 鼓楼区, en: Gulou } }
`;
const bench = { ...emptyBench, saved: { [FEES]: ROWS, 'intents/entities/areas.yaml': AREAS } };
const account = (places: string[]) => ({ id: 'a', login: 'a', name: '宁', permissions: [], places });
const edit = (text: string) => ({ type: 'edit', path: FEES, text, what: 'cell', at: 1 }) as const;
const editedBy = (places: string[], text: string) =>
  reduceAdmin({ ...emptyAdmin, phase: 'ready', account: account(places), bench }, edit(text));

describe('what an account that is limited to places may edit', () => {
  it('is nothing outside of them: it is said, and the text stays', () => {
    const { bench: left, notice } = editedBy(['江苏省'], ROWS.replace('100', '1'));
    expect(textOf(left, FEES)).toBe(ROWS);
    expect(notice).toEqual({ text: 'other-places', isBad: true });
  });
  it('is its own rows, of the cities of a province too, and everything without a limit', () => {
    const own = ROWS.replace('50', '40');
    expect(textOf(editedBy(['江苏省'], own).bench, FEES)).toBe(own);
    const foreign = ROWS.replace('100', '1');
    expect(textOf(editedBy([], foreign).bench, FEES)).toBe(foreign);
  });
  it('is shown by file', () => {
    const own = ownPlacesOf({ places: ['南京市'] }, bench);
    expect(ownPlacesOf({ places: [] }, bench)).toBeNull();
    const article = (area: string) => `---\nid: a\nareas: [${area}]\n---\n`;
    expect(mayEditFile(FEES, ROWS, own)).toBe(true);
    expect(mayEditFile('dialogs/knowledge/a.md', article('鼓楼区'), own)).toBe(true);
    expect(mayEditFile('dialogs/knowledge/a.md', article('合肥市'), own)).toBe(false);
    expect(mayEditFile('dialogs/tables/plain.csv', 'key,price:yuan\n', own)).toBe(false);
    expect(mayEditFile('dialogs/praise.yaml', 'a', own)).toBe(false);
    expect(mayEditFile('dialogs/praise.yaml', 'a', null)).toBe(true);
  });
});
