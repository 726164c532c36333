import { evaluate } from '../../src/dialogs/expressions';
import { matchPlace } from '../../src/dialogs/match-place';
import { createFindEntities } from '../../src/understanding/entities/find-entities';
import { shippedNames } from '../support/intents';

const LINE = '鼓楼区中山路18号3栋2单元501';

const find = createFindEntities(shippedNames, 'Asia/Shanghai');
const said = (text: string) => find(text, 0).entities.find(({ type }) => type.startsWith('address'))?.value;

describe('an address that was said, and the line of an account', () => {
  it.each([
    ['中山路18号3栋2单元501', 'same'],
    ['中山路18号3号楼2单元501室', 'same'],
    ['中山路18号三栋二单元501', 'same'],
    ['中山路18号', 'same'],
    ['中山路18号3栋2单元601', 'other'],
    ['中山路18号5栋', 'other'],
    ['中山路20号', 'other'],
    ['湖滨路18号3栋2单元501', 'other'],
    ['紫金城3栋2单元501', 'unsure'],
    ['紫金城3栋2单元502', 'other'],
  ])('%s is %s', (text, expected) => {
    expect(matchPlace(said(text), LINE)).toBe(expected);
  });

  it('is unsure without an address on either side', () => {
    expect(matchPlace(null, LINE)).toBe('unsure');
    expect(matchPlace({ full: '中山路18号', road: '中山路' }, null)).toBe('unsure');
  });

  it('is asked for by dialogs', () => {
    const slots = { address: { full: '中山路20号', road: '中山路', number: '20号' } };
    expect(evaluate("matchPlace(slots.address, '中山路18号') == 'other'", { slots })).toBe(true);
  });
});
