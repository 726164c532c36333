import { z } from 'zod';
import type { ContentProblem } from '../../contract/problem';
import { parseFile } from '../parse-file';

/** `dialogs/knowledge/no-answer.yaml`: what customers ask and no article answers, so that none is given to it. */
export const NO_ANSWER = 'no-answer.yaml';

const noAnswerSchema = z.strictObject({
  zh: z.array(z.string().min(1)).default([]),
  en: z.array(z.string().min(1)).default([]),
});

/** The texts of the file; none when there is no file. Problems are added to the list. */
export function loadNoAnswer(text: string | undefined, problems: ContentProblem[]): string[] {
  if (text === undefined) return [];
  const file = `knowledge/${NO_ANSWER}`;
  const { value } = parseFile(file, text, noAnswerSchema, problems, {
    shapes: 'src/dialogs/knowledge/no-answer.ts',
  });
  return value ? [...value.zh, ...value.en] : [];
}
