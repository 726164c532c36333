import type { IntentFile } from '../../src/understanding/intent-file';
import { lintIntents } from '../../src/understanding/lint-intents';
import { shippedIntents, shippedLexicon } from '../support/intents';

const words = '春夏秋冬东南西北山水花鸟鱼虫日月星云风雨雪雷金木火土石田林草江河湖海桥路车船门窗';
/** Forty examples that share nothing. */
const intent = (id: string, from: number, zh: string[] = []): IntentFile => ({
  id,
  name: { zh: id, en: id },
  role: 'concern',
  examples: {
    zh: [
      ...zh,
      ...Array.from({ length: 40 }, (_, i) => `${words[i]}${words[(i * 7 + from) % 40]}${words[from]}`),
    ],
    en: Array.from({ length: 20 }, (_, i) => `${id} ${'abcdefghijklmnopqrst'[i]?.repeat(6)}`),
  },
});
const messages = (intents: IntentFile[]) =>
  lintIntents(intents, { forms: [{ form: '光猫', words: ['光猫', '猫'] }], plans: [] }).map(
    (warning) => `${warning.intent} ${warning.message}`,
  );

describe('intents:lint', () => {
  it('has nothing to say of the shipped intents', () => {
    expect(lintIntents(shippedIntents.intents, shippedLexicon.lexicon)).toEqual([]);
  });

  it('has nothing to say of enough different examples', () => {
    expect(messages([intent('alpha', 1), intent('beta', 2)])).toEqual([]);
  });

  it('finds what reads alike in two intents once the lexicon is applied', () => {
    const found = messages([intent('alpha', 1, ['光猫坏']), intent('beta', 2, ['猫坏'])]);
    expect(found).toEqual([expect.stringMatching(/beta.*猫坏.*光猫坏.*alpha/)]);
  });

  it('finds too few, too similar and too many examples', () => {
    const few = intent('alpha', 1);
    few.examples.zh = few.examples.zh.slice(0, 5);
    expect(messages([few, intent('beta', 2)])).toContainEqual('alpha has 5 examples in zh');
    const alike = intent('gamma', 3, Array(40).fill('网断了!'));
    expect(messages([alike, intent('beta', 2)])).toContainEqual(
      expect.stringMatching(/gamma .*hardly differ/),
    );
    const many = intent(
      'delta',
      4,
      Array.from({ length: 400 }, (_, i) => `第${i}号${words[i % 40]}`),
    );
    expect(messages([many, intent('beta', 2), intent('alpha', 1)])).toContainEqual(
      expect.stringMatching(/delta has 460 examples/),
    );
  });
});
