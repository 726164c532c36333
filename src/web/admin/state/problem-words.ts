import type { Locale } from '../../../contract/activity';
import type { ContentProblem } from '../../../contract/problem';
import { PROBLEMS, REMEDIES } from '../texts/problems';

const translated = (text: string, table: [RegExp, string][]): string => {
  const found = table.find(([pattern]) => pattern.test(text));
  return found ? text.replace(found[0], found[1]) : text;
};

/** A problem as it is read: what is wrong, and what to do. */
export const problemWords = (
  { message, remedy }: Pick<ContentProblem, 'message' | 'remedy'>,
  locale: Locale,
): string =>
  locale === 'zh'
    ? `${translated(message, PROBLEMS)}。${translated(remedy, REMEDIES)}。`
    : `${message}: ${remedy}.`;
