import { compareIntents, learnsTheSame } from '../../src/rehearsal/compare-intents';
import { parseLexicon } from '../../src/understanding/lexicon';
import type { Example } from '../../src/understanding/model';

const { lexicon } = parseLexicon({});
const say = (intent: string, texts: string[]): Example[] => texts.map((text) => ({ intent, text }));
const bill = [
  '查话费',
  '这个月话费多少',
  '帮我看下账单',
  '话费怎么这么多',
  '我要查账单',
  '上个月花了多少话费',
  '账单明细给我',
  '看看我的话费',
];
const fault = [
  '断网了',
  '家里上不了网',
  '宽带没网',
  '网断了怎么办',
  '宽带连不上',
  '上不去网了',
  '家里网断了',
  '没有网络了',
];
const before = { lexicon, examples: [...say('bill', bill), ...say('fault', fault)] };

describe('compareIntents', () => {
  it('counts new examples against nobody', () => {
    const after = { lexicon, examples: [...before.examples, ...say('fault', ['灯红了', '光猫闪红灯'])] };
    expect(learnsTheSame(before, after)).toBe(false);
    const found = compareIntents(before, after, 0.1);
    expect(found.isWorse).toBe(false);
    expect(found.before.accuracy).toBeGreaterThan(0.9);
  });

  it('sees an intent that takes what others had, and names the pair', () => {
    // Turned by one, so that what is asked has its likeness in another fold.
    const turned = [...bill.slice(1), ...bill.slice(0, 1)];
    const thief = say(
      'money',
      turned.map((text) => `${text}吧`),
    );
    const found = compareIntents(before, { lexicon, examples: [...before.examples, ...thief] }, 0.1);
    expect(found.isWorse).toBe(true);
    expect(found.confused[0]).toMatchObject({ intent: 'bill', as: 'money', before: 0 });
    expect(found.confused[0]?.after).toBeGreaterThan(0);
  });
});
