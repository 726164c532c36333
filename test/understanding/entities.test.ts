import fc from 'fast-check';
import type { Recognizer } from '../../src/contract/understanding';
import { findDanger, isUpset } from '../../src/understanding/danger';
import { findAddresses } from '../../src/understanding/entities/address';
import { findTimes } from '../../src/understanding/entities/datetime';
import { findLights } from '../../src/understanding/entities/lights';
import {
  findAmounts,
  findIdCards,
  findOrderNumbers,
  findPhones,
  findSpeeds,
  readNumber,
} from '../../src/understanding/entities/numbers';
import { createUnderstand, localeOf } from '../../src/understanding/understand';

const values = (entities: { value: unknown }[]) => entities.map(({ value }) => value);

describe('numbers', () => {
  it.each([
    ['我电话１３８ 0013-8000', ['13800138000']],
    ['座机 025-84567890 也行', ['02584567890']],
    ['+86 13912345678', ['13912345678']],
    ['账号 138001380001', []],
  ])('reads the phones of "%s"', (text, phones) => expect(values(findPhones(text))).toEqual(phones));

  it('reads order numbers as people type them', () => {
    expect(values(findOrderNumbers('单号 f261124-0ABCD1234 到哪了'))).toEqual(['F2611240ABCD1234']);
  });

  it('tells an ID card by its check character', () => {
    expect(values(findIdCards('11010519491231002X 和 110105194912310021'))).toEqual(['11010519491231002X']);
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

describe('lights', () => {
  it.each([
    ['光猫一直闪红灯', { light: 'los', colour: 'red', isBlinking: true }],
    ['光猫红灯闪', { light: 'los', colour: 'red', isBlinking: true }],
    ['光貓紅燈閃', { light: 'los', colour: 'red', isBlinking: true }],
    ['PON灯不亮', { light: 'pon', colour: 'off', isBlinking: false }],
    ['the modem has a red light', { light: 'los', colour: 'red', isBlinking: false }],
  ])('reads "%s"', (text, value) => expect(values(findLights(text))).toEqual([value]));
});

describe('addresses', () => {
  it.each([
    [
      '我在鼓楼区中山路18号3栋2单元',
      'address',
      { district: '鼓楼区', road: '中山路', number: '18号', building: '3栋', unit: '2单元' },
    ],
    ['翠屏国际城 7 幢', 'address', { community: '翠屏国际城', building: '7 幢' }],
    [
      '青羊小区5栋2单元3楼6号',
      'address',
      { community: '青羊小区', building: '5栋', unit: '2单元', floor: '3楼', number: '6号' },
    ],
    ['我在和平街5号1栋101', 'address', { road: '和平街', number: '5号', building: '1栋', room: '101' }],
    ['地址建邺区江东路66号', 'address', { district: '建邺区', road: '江东路', number: '66号' }],
    ['深南大道100號3棟1203', 'address', { road: '深南大道', number: '100号', building: '3栋', room: '1203' }],
    ['李家村3号', 'address', { district: '李家村', number: '3号' }],
    ['地址错了,是2栋不是3栋', 'address-part', { building: '2栋' }],
    ['不对,是3号楼', 'address-part', { building: '3号楼' }],
  ])('reads "%s"', (text, type, parts) => {
    const found = findAddresses(text);
    expect(found[0]).toMatchObject({ type, value: parts });
    for (const { start, end, text: words } of found) expect(text.slice(start, end)).toBe(words);
  });

  it('finds none where there is none', () => {
    expect(findAddresses('家里宽带断网了,光猫红灯闪,打了三次电话')).toEqual([]);
    expect(findAddresses('我那单子弄得咋样了,我在电话里教他')).toEqual([]);
  });
});

describe('times', () => {
  // 24 November 2026, 10:00 in Shanghai: a Tuesday.
  const now = Date.UTC(2026, 10, 24, 2);
  const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour - 8);

  it.each([
    ['明天下午四点以后', { startAt: at(25, 16), endAt: null }],
    ['周六上午', { startAt: at(28, 8), endAt: at(28, 12) }],
    ['下午3点', { startAt: at(24, 15), endAt: null }],
  ])('reads "%s" in the zone of the operator', (text, value) => {
    expect(values(findTimes(text, 'zh', now, 'Asia/Shanghai'))).toEqual([value]);
  });

  it('takes "一点" for a bit unless an hour is meant', () => {
    expect(findTimes('一点信号都没有', 'zh', now, 'Asia/Shanghai')).toEqual([]);
    expect(values(findTimes('下午一点', 'zh', now, 'Asia/Shanghai'))).toEqual([
      { startAt: at(24, 13), endAt: null },
    ]);
  });

  it('does not ask the recognizer about text without a time', () => {
    expect(findTimes('宽带断了', 'zh', now, 'Asia/Shanghai')).toEqual([]);
  });
});

describe('the danger lane', () => {
  it.each([
    ['门口电线杆要倒了', 'physical'],
    ['你们的光缆垂到马路上了', 'physical'],
    ['光猫冒烟了', 'physical'],
    ['我不想活了', 'self-harm'],
    ['110打不通', 'emergency-call'],
    ['有人说是你们的,让我报验证码', 'scam'],
    ['他叫我把收到的验证码念给他', 'scam'],
    ['对方让我转账到安全账户', 'scam'],
    ['a cable hangs over the road', 'physical'],
  ])('"%s" is %s', (text, lane) => expect(findDanger(text)).toBe(lane));

  it.each([
    '光纤断了没网',
    '急死我了',
    '要死了网这么慢',
    '想死你们了',
    '验证码收不到',
    '让我输验证码可是没收到',
    '光缆是不是断了',
    '掉线了',
    'my line is dead',
    '我转账交的费',
  ])('"%s" is none', (text) => expect(findDanger(text)).toBeNull());

  it('hears anger and need', () => {
    expect(['你们太过分了！！', '我怀孕了急用'].map(isUpset)).toEqual([true, true]);
    expect(['网有点慢', '你好'].map(isUpset)).toEqual([false, false]);
  });
});

describe('understanding', () => {
  const recognizer: Recognizer = {
    version: 'none',
    recognize: () => ({ intents: [], candidates: [], isClose: false }),
  };
  const understand = createUnderstand({ recognizer, timeZone: 'Asia/Shanghai' });

  it.each([
    ['guangmao hongdeng', null, 'zh'],
    ['hello there', null, 'en'],
    ['my internet is down', 'zh', 'en'],
    ['hello', 'zh', 'en'],
    ['我家wifi坏了', 'en', 'zh'],
    // What is written alike in every language changes nothing.
    ['138', 'en', 'en'],
    ['13800138000', 'zh', 'zh'],
    ['F261124K7M2Q9XC4', 'zh', 'zh'],
    ['F261124K7M2Q9XC4', 'en', 'en'],
    ['500M', 'zh', 'zh'],
    ['OK', 'zh', 'zh'],
    ['wifi', 'zh', 'zh'],
    ['[验证码]', 'en', 'en'],
    ['👍', 'en', 'en'],
    ['3-2-501', 'en', 'en'],
  ] as const)('takes "%s" after %s for %s', (text, hint, locale) =>
    expect(localeOf(text, hint)).toBe(locale),
  );

  it('shows the recognizer what tells the concern: no places, no numbers, no marks of secrets', () => {
    const heard: string[] = [];
    const listening = createUnderstand({
      recognizer: {
        version: 'none',
        recognize: (text) => {
          heard.push(text);
          return { intents: [], candidates: [], isClose: false };
        },
      },
      timeZone: 'Asia/Shanghai',
    });
    const at = { now: 0, localeHint: null };
    listening('我家地址是中山路18号3栋,没网了,电话13800138000', at);
    listening('查一下F261124K7M2Q9XC4', at);
    listening('[验证码]', at);
    expect(heard.map((text) => text.replace(/\s+/g, ' '))).toEqual(['我家 ,没网了,电话', '查一下工单', '']);
  });

  it('says when something is not wanted', () => {
    const isNegated = (text: string) => understand(text, { now: 0, localeHint: null }).isNegated;
    expect(['不要取消预约', "please don't cancel my visit"].map(isNegated)).toEqual([true, true]);
    expect(['取消预约', '能不能取消', '彩铃不要了，取消'].map(isNegated)).toEqual([false, false, false]);
  });

  it('never throws, and every entity is a piece of the text that overlaps no other', () => {
    const pieces = fc.constantFrom(
      '13800138000',
      '3栋',
      '红灯',
      '明天',
      '500兆',
      '￥',
      '路',
      '号',
      '不是',
      '😀',
      '\u0000',
      'F',
      '110',
    );
    const text = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (said) => {
        const { entities } = understand(said, { now: 0, localeHint: null });
        entities.forEach((entity, i) => {
          expect(said.slice(entity.start, entity.end)).toBe(entity.text);
          expect(entity.start).toBeGreaterThanOrEqual(entities[i - 1]?.end ?? 0);
        });
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
