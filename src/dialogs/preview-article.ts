import type { Article } from '../contract/knowledge';
import { ANSWER_TAPS } from './knowledge/answer-question';
import type { PreviewPlace, StepSaid } from './preview-step';
import type { LocalizedText } from './schema';
import { sayFacts } from './tables/fact-texts';
import { renderText, wordsOf } from './texts';

const LOCALES = ['zh', 'en'] as const;

/**
 * What a customer of a channel reads when an article is the answer, by the pattern that every answer is said with; then
 * what it offers; where a fact that it names does not hold, what is said instead. Throws `bad-content` when the pattern cannot be filled in.
 */
export function previewArticle(
  { answer, source, areas, offer }: Article,
  patterns: Record<'answer' | 'fact-unknown', LocalizedText>,
  { channel, now, timeZone, said: { facts, at } }: PreviewPlace,
): StepSaid[] {
  return LOCALES.flatMap((locale) => {
    const found = sayFacts(facts, wordsOf(answer, locale, channel), { ...at, locale });
    const words = {
      answer: 'text' in found ? found.text : '',
      source: source[locale],
      areas: areas.join(locale === 'zh' ? '、' : ', '),
    };
    const pattern = patterns['text' in found ? 'answer' : 'fact-unknown'];
    const text = renderText(wordsOf(pattern, locale, channel), words, { locale, timeZone, now });
    const said: StepSaid = { part: 'answer', locale, text, quickReplies: [] };
    if (!offer) return [said];
    const quickReplies = [ANSWER_TAPS.yes[locale], ANSWER_TAPS.no[locale]];
    return [said, { part: 'offer', locale, text: offer.ask[locale], quickReplies }];
  });
}
