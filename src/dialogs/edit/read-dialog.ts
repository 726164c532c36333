import type { ContentProblem } from '../../contract/problem';
import { parseFile } from '../parse-file';
import { type Dialog, dialogSchema } from '../schema';

/** A dialog as its file says it, null when it does not fit; and what is wrong with the file by itself. */
export function readDialog(
  file: string,
  text: string,
): { dialog: Dialog | null; problems: ContentProblem[] } {
  const problems: ContentProblem[] = [];
  const { value } = parseFile(file, text, dialogSchema, problems, { warnings: [] });
  return { dialog: value, problems };
}
