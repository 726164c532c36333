import type { ContentProblem } from '../../contract/problem';
import { refusalReasons } from '../../contract/refusals';
import { checkTexts } from '../check-dialog';
import { parseFile, type Report } from '../parse-file';
import { checkNoFacts } from '../tables/check-facts';
import { type RefusalWords, refusalWordsSchema } from './refusal-words';

/** The file of `dialogs/` that holds the words. */
export const REFUSALS = 'refusals.yaml';

/** The words of the file; null without one, and then a question is put again as it is. Problems are added to the list. */
export function loadRefusals(text: string | undefined, problems: ContentProblem[]): RefusalWords | null {
  if (text === undefined) return null;
  const shapes = 'src/dialogs/slots/refusal-words.ts';
  const { value, report } = parseFile(REFUSALS, text, refusalWordsSchema, problems, { shapes });
  if (!value) return null;
  checkReasons(value, report);
  checkTexts(value, report);
  checkNoFacts(value, report);
  return value;
}

function checkReasons({ kinds }: RefusalWords, report: Report): void {
  const known: Record<string, readonly string[]> = refusalReasons;
  for (const [kind, { reasons }] of Object.entries(kinds))
    for (const reason of Object.keys(reasons))
      if (!known[kind]?.includes(reason))
        report(
          ['kinds', kind, 'reasons', reason],
          `nothing of this kind is refused for "${reason}"`,
          `name one of: ${known[kind]?.join(', ') ?? 'none'}`,
        );
}
