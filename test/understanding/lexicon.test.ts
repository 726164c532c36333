import { featuresOf } from '../../src/understanding/features';
import { parseLexicon, rewriterOf } from '../../src/understanding/lexicon';
import { shippedLexicon } from '../support/intents';

describe('the lexicon', () => {
  const rewrite = rewriterOf(shippedLexicon.lexicon);

  it('loads as shipped', () => {
    expect(shippedLexicon.problems).toEqual([]);
    expect(shippedLexicon.lexicon.forms.length).toBeGreaterThan(50);
  });

  it.each([
    ['modem亮红', '光猫红灯'],
    ['歪fi连不上', ' wifi 连不上'],
    ['光猫和猫', '光猫和光猫'],
    ['个网点样了', '个网怎么了'],
    // A Latin word is replaced as a whole only.
    ['planet', 'planet'],
  ])('brings "%s" to one form', (text, expected) => expect(rewrite(text)).toBe(expected));

  it('gives jargon, dialect and English the features of the plain word', () => {
    const of = (text: string) => [...featuresOf(text, rewrite).keys()].sort();
    expect(of('屋头modem红灯')).toEqual(of('我家光猫红灯'));
    expect(of('我家路由器')).not.toEqual(of('我家光猫'));
  });

  it('is empty without a file', () => {
    expect(parseLexicon({}).lexicon.forms).toEqual([]);
  });

  it.each([
    ['forms:\n  - form: wifi\n    words: [无线]\n  - form: 网\n    words: [无线]\n', /无线.*wifi/],
    ['forms:\n  - form: wifi\n', /expected array|Invalid/],
    ['forms: [', /flow|sequence|must/i],
  ])('names what is wrong in %j', (text, message) => {
    const { problems } = parseLexicon({ 'lexicon.yaml': text });
    expect(problems.map((problem) => problem.message).join('\n')).toMatch(message);
  });
});
