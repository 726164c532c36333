import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findUngrounded } from '../../../src/understanding/language-model/grounding';
import { reportFigure } from '../../support/size';

/**
 * The check of answers on every sentence of the shipped knowledge: as it stands it may be said, and with a number
 * changed, a "not" taken out or put in, or a promise added it may not.
 */
const folder = join(__dirname, '../../../dialogs/knowledge');
const sections = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .flatMap((name) => {
    const body = readFileSync(join(folder, name), 'utf8').split(/^---$/m)[2] ?? '';
    return [...body.matchAll(/^# (zh|en)\n([\s\S]*?)(?=^#|$(?![\s\S]))/gm)].map(
      ([, language = '', text = '']) => ({
        language,
        text: text.trim(),
      }),
    );
  });

const sentences = sections.flatMap(({ language, text }) =>
  text
    .split(/(?<=[。；！？])|(?<=[.;!?])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > (language === 'zh' ? 5 : 15))
    .map((sentence) => ({ language, sentence, text })),
);

type Change = (sentence: string, text: string) => string | null;
const replaceOnce =
  (pattern: RegExp, by: string | ((found: string) => string)): Change =>
  (sentence) => {
    const changed = sentence.replace(pattern, by as (found: string) => string);
    return changed === sentence ? null : changed;
  };

const changes: Record<string, Change> = {
  'a number that the text has not': (sentence, text) =>
    replaceOnce(/\d+/, (digits) => {
      let other = Number(digits) + 1;
      while (text.includes(String(other))) other += 1;
      return String(other);
    })(sentence, text),
  'a number in Chinese': replaceOnce(/\d+/, '八千八百八十七'),
  'a "not" taken out': replaceOnce(/不(?=[能会用可要收])/u, ''),
  'a "not" put in': replaceOnce(/(?<![不没无])(?:可以|需要)(?!不)/u, (word) => `不${word}`),
  'a "not" taken out of English': replaceOnce(/ (?:cannot|do not|does not) /, ' can '),
  'a promise': (sentence) =>
    /\p{Script=Han}/u.test(sentence) ? `我们保证${sentence}` : `We promise: ${sentence}`,
  'a price': (sentence) =>
    /\p{Script=Han}/u.test(sentence) ? `${sentence}只要888元。` : `${sentence} Only 888 yuan.`,
};

describe('the check of answers, on the shipped knowledge', () => {
  it('lets pass what stands in it word for word', () => {
    const dropped = sentences.filter(({ sentence, text }) => findUngrounded(sentence, [text]) !== null);
    reportFigure(
      'knowledge sentences that the check of answers drops though they stand word for word',
      dropped.length,
    );
    expect(sentences.length).toBeGreaterThan(150);
    expect(dropped.map(({ sentence }) => sentence)).toEqual([]);
  });

  it.each(Object.entries(changes))('drops it with %s', (name, change) => {
    const changed = sentences.flatMap(({ sentence, text }) => {
      const other = change(sentence, text);
      return other === null ? [] : [{ other, text }];
    });
    const passed = changed.filter(({ other, text }) => findUngrounded(other, [text]) === null);
    reportFigure(
      `changed sentences that pass the check of answers, ${name}`,
      `${passed.length} of ${changed.length}`,
    );
    expect(changed.length).toBeGreaterThan(5);
    expect(passed.map(({ other }) => other)).toEqual([]);
  });
});
