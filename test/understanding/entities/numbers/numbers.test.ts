import { findAccounts } from '../../../../src/understanding/entities/numbers/accounts';
import { idCardFinder } from '../../../../src/understanding/entities/numbers/id-cards';
import { findOrderNumbers } from '../../../../src/understanding/entities/numbers/order-numbers';
import { findPhones } from '../../../../src/understanding/entities/numbers/phones';
import { readNumber } from '../../../../src/understanding/entities/numbers/read-number';
import { findAmounts, findSpeeds } from '../../../../src/understanding/entities/numbers/speeds-and-amounts';

const values = (entities: { value: unknown }[]) => entities.map(({ value }) => value);

describe('numbers', () => {
  it.each([
    ['我电话１３８ 0013-8000', ['13800138000']],
    ['座机 025-84567890 也行', ['02584567890']],
    ['+86 13912345678', ['13912345678']],
    ['账号 138001380001', []],
    ['1380013800O', ['13800138000']],
    ['一三八零零一三八零零零', ['13800138000']],
    ['139 8888 7777，139-1234-5678', ['13988887777', '13912345678']],
    // Local numbers do not begin with 1.
    ['02512345678', []],
  ])('reads the phones of "%s"', (text, phones) => expect(values(findPhones(text))).toEqual(phones));

  it('reads order numbers as people type them', () => {
    expect(values(findOrderNumbers('单号 f261124-0ABCD1239 到哪了'))).toEqual(['F2611240ABCD1239']);
  });

  it.each([
    ['宽带账号是nj88812345', ['nj88812345']],
    ['NJ88812345', ['nj88812345']],
    ['宽带编码02512345678', ['02512345678']],
    ['my account is suspended', []],
    ['da 12300', []],
  ])('reads the accounts of "%s"', (text, accounts) => expect(values(findAccounts(text))).toEqual(accounts));

  it('takes no order number whose check character is wrong, and reads letters that look like digits', () => {
    expect(findOrderNumbers('F261124-0ABCD1234')).toEqual([]);
    expect(values(findOrderNumbers('F26II24 OABC D1239'))).toEqual(['F2611240ABCD1239']);
  });

  it('tells an ID card by its check character', () => {
    expect(values(idCardFinder(Date.UTC(2026, 0))('11010519491231002X 和 110105194912310021'))).toEqual([
      '11010519491231002X',
    ]);
  });

  it.each([
    ['500兆才测出90M', [500, 90]],
    ['一千兆', [1000]],
    ['2G宽带', [2000]],
  ])('reads the speeds of "%s"', (text, speeds) => expect(values(findSpeeds(text))).toEqual(speeds));

  it.each([
    ['每月多扣二十块', [20]],
    ['¥19.90 和 100元', [19.9, 100]],
    ['多扣了19块9', [19.9]],
    ['扣了20块3次', [20]],
  ])('reads the amounts of "%s"', (text, amounts) => expect(values(findAmounts(text))).toEqual(amounts));

  it('reads Chinese numbers', () => {
    expect(['十', '十二', '二十', '三百零五', '两千', '一八'].map(readNumber)).toEqual([
      10, 12, 20, 305, 2000, 18,
    ]);
  });
});
