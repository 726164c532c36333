import { createExampleIndex } from '../../src/understanding/example-index';
import { EMPTY_LEXICON } from '../../src/understanding/lexicon';
import type { Example } from '../../src/understanding/model';
import { type Known, makeVariants, suggestVariants } from '../../src/understanding/variants';

const knownOf = (examples: Example[], lexicon = EMPTY_LEXICON): Known => ({
  examples,
  lexicon,
  index: createExampleIndex(examples, lexicon),
});
const textsOf = (examples: string[]) => makeVariants(examples).map(({ text }) => text);

describe('variants of examples', () => {
  it.each([
    ['家里没网了', '我家没网了'],
    ['怎么退订彩铃', '咋退订彩铃'],
    ['昨晚开始上不了网', '上不了网，昨晚开始'],
    ['宽带断了，快来修', '快来修，宽带断了'],
    ['我要办100兆宽带', '我要办300兆宽带'],
    ['宽带连不上啦', '宽带连不上'],
    ['宽带连不上了', '你好，宽带连不上了'],
    ['how do i reset my router', 'how can i reset my router'],
    ["my tv isn't working", 'my tv isnt working'],
  ])('say the same otherwise: %s', (example, variant) => {
    expect(textsOf([example])).toContain(variant);
  });

  it('leave words alone that only hold one of theirs', () => {
    expect(textsOf(['the mythical router']).join('\n')).not.toMatch(/ourthical|thethical/);
    expect(textsOf(['你好，没网了']).join('\n')).not.toMatch(/^(?:你好，){2}/m);
  });

  it('are the same for the same examples, once each, and none of them is an example', () => {
    const examples = ['家里没网了', '我家没网了', '没网了'];
    const made = textsOf(examples);
    expect(textsOf(examples)).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(made.filter((text) => examples.includes(text))).toEqual([]);
  });

  it('neither repeat one of the intent nor read as one of another, and say what they come close to', () => {
    const known = knownOf([
      { text: '我要办宽带业务', intent: 'install' },
      { text: '装宽带', intent: 'install' },
      { text: '我想办宽带业务', intent: 'change' },
      { text: '我要办宽带业务吧', intent: 'change' },
    ]);
    const found = suggestVariants(known, { intent: 'install', shown: [], limit: 50 });
    expect(found.map(({ text }) => text)).not.toContain('我想办宽带业务');
    const close = found.find(({ near }) => near !== null);
    expect(close?.near).toMatchObject({ type: 'near', intent: 'change' });
    expect(found.map(({ near }) => near === null)).toEqual([true, false]);
  });

  it('come in batches that differ, and end', () => {
    const known = knownOf([{ text: '家里没网了', intent: 'fault' }]);
    const shown: string[] = [];
    for (let n = 0; n < 50; n += 1) {
      const batch = suggestVariants(known, { intent: 'fault', shown, limit: 3 });
      if (batch.length === 0) break;
      expect(batch.filter(({ text }) => shown.includes(text))).toEqual([]);
      shown.push(...batch.map(({ text }) => text));
    }
    expect(shown.length).toBeGreaterThan(3);
    expect(suggestVariants(known, { intent: 'fault', shown, limit: 3 })).toEqual([]);
    expect(suggestVariants(known, { intent: 'nothing', shown: [], limit: 3 })).toEqual([]);
  });
});
