import type { Article } from '../contract/knowledge';
import { ANSWER_TAPS } from './knowledge/answer-question';
import type { StepSaid } from './preview-step';
import type { LocalizedText } from './schema';
import { renderText, wordsOf } from './texts';

const LOCALES = ['zh', 'en'] as const;

/**
 * What a customer of a channel reads when an article is the answer, by the pattern that every answer is said with; then
 * what it offers. Throws `bad-content` when the pattern cannot be filled in.
 */
export function previewArticle(
  { answer, source, areas, offer }: Article,
  pattern: LocalizedText,
  { channel, now, timeZone }: { channel: string; now: number; timeZone: string },
): StepSaid[] {
  return LOCALES.flatMap((locale) => {
    const words = {
      answer: wordsOf(answer, locale, channel),
      source: source[locale],
      areas: areas.join(locale === 'zh' ? '、' : ', '),
    };
    const text = renderText(wordsOf(pattern, locale, channel), words, { locale, timeZone, now });
    const said: StepSaid = { part: 'answer', locale, text, quickReplies: [] };
    if (!offer) return [said];
    const quickReplies = [ANSWER_TAPS.yes[locale], ANSWER_TAPS.no[locale]];
    return [said, { part: 'offer', locale, text: offer.ask[locale], quickReplies }];
  });
}
