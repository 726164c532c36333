import fc from 'fast-check';
import type { Recognizer } from '../../src/contract/understanding';
import { findDanger, isUpset } from '../../src/understanding/danger';
import { createUnderstand, localeOf } from '../../src/understanding/understand';

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
    ['F261124K7M2Q9XCZ', 'zh', 'zh'],
    ['F261124K7M2Q9XCZ', 'en', 'en'],
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
    listening('查一下F261124K7M2Q9XCZ', at);
    listening('[验证码]', at);
    expect(heard.map((text) => text.replace(/\s+/g, ' '))).toEqual(['我家 ,没网了,电话', '查一下工单', '']);
  });

  it.each([
    ['28号', ['address-part', 'datetime']],
    ['28号下午行吗', ['datetime']],
    ['改到28号上午，电话13800138000', ['datetime', 'phone']],
    ['中山路28号', ['address']],
  ])('takes the number in "%s" for a house, a day or both', (text, types) => {
    const found = understand(text, { now: Date.UTC(2026, 10, 24, 2), localeHint: null }).entities;
    expect(found.map(({ type }) => type)).toEqual(types);
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
        const { entities, nearMisses = [] } = understand(said, { now: 0, localeHint: null });
        for (const [i, entity] of entities.entries()) {
          expect(said.slice(entity.start, entity.end)).toBe(entity.text);
          const before = entities[i - 1];
          // "28号" alone is a house and a day.
          const isBoth = before?.type === 'address-part' && entity.type === 'datetime';
          expect(entity.start).toBeGreaterThanOrEqual(isBoth ? before.start : (before?.end ?? 0));
        }
        for (const { type, start, end, text } of nearMisses) {
          expect(said.slice(start, end)).toBe(text);
          const others = entities.filter((entity) => start < entity.end && entity.start < end);
          // 32号 is no day, and may be a house.
          if (type !== 'datetime') expect(others).toEqual([]);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
