import { AppError } from '../errors';
import type { ContentFiles } from './content';
import { isPromiseFile, POLICY_FOLDER } from './policy-names';

/** What content may hold. A file is cut off by its parser above 500,000 characters. */
export const CONTENT_LIMITS = { fileChars: 400_000, files: 2000, totalChars: 8_000_000 };

const PATHS =
  /^(?:(?:dialogs|dialogs\/conversations|dialogs\/policies|intents|intents\/entities)\/[a-z0-9][a-z0-9-]{0,79}\.yaml|dialogs\/knowledge\/[a-z0-9][a-z0-9-]{0,79}\.(?:md|yaml)|dialogs\/tables\/[a-z][a-z0-9-]{0,79}\.csv)$/;
/** Control characters that no editor writes, and half a character: neither can be kept byte by byte. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}/u;

const refuse = (told: string) => new AppError('bad-request', `Nothing was changed. ${told}`);

/** Whether content can have a file of this path. */
export const isContentPath = (path: string): boolean =>
  PATHS.test(path) &&
  (!path.startsWith(`${POLICY_FOLDER}/`) || isPromiseFile(path.slice(POLICY_FOLDER.length + 1)));

/** Throws `bad-request` for a path that content does not have, or a text that cannot be kept. */
export function checkFile(path: string, text: string | null): void {
  if (!isContentPath(path))
    throw refuse(
      `"${path.slice(0, 120)}" is no file of content: dialogs/<name>.yaml, dialogs/conversations/<name>.yaml, dialogs/knowledge/<name>.md, dialogs/tables/<name>.csv, dialogs/policies/<name>.yaml (promises), intents/<name>.yaml or intents/entities/<name>.yaml, in small letters, digits and hyphens.`,
    );
  if (text === null) return;
  if (text.length > CONTENT_LIMITS.fileChars)
    throw refuse(
      `${path} has ${text.length} characters, a file may have ${CONTENT_LIMITS.fileChars}: divide it.`,
    );
  const at = text.search(UNWRITABLE);
  if (at >= 0)
    throw refuse(
      `${path}, line ${text.slice(0, at).split('\n').length}: a control character; take it out and save again.`,
    );
}

/** Throws `bad-request` when the files of a version are too many, too large or no files of content. */
export function checkFiles(files: ContentFiles): void {
  const texts = Object.entries(files);
  if (texts.length > CONTENT_LIMITS.files)
    throw refuse(`There are ${texts.length} files; content may have ${CONTENT_LIMITS.files}.`);
  for (const [path, text] of texts) checkFile(path, text);
  const total = texts.reduce((sum, [, text]) => sum + text.length, 0);
  if (total > CONTENT_LIMITS.totalChars)
    throw refuse(`The files have ${total} characters; content may have ${CONTENT_LIMITS.totalChars}.`);
}
