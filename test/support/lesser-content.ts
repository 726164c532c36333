import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const shipped = join(__dirname, '../..');
const isExample = (line: string) => /^ {4}- /.test(line);

/** Each so-manieth example of an intent, from the first. */
function thin(text: string, every: number): string {
  let n = 0;
  return text
    .split('\n')
    .filter((line) => !isExample(line) || n++ % every === 0)
    .join('\n');
}

/**
 * The shipped dialogs with a part of the examples and with scripted conversations of a test's own, in a folder of its
 * own: learned, measured and tried in a fraction of the time.
 */
export function lesserContent(options: { every: number; conversations: string }): string {
  const folder = mkdtempSync(join(tmpdir(), 'lesser-content-'));
  for (const name of ['dialogs', 'intents'])
    cpSync(join(shipped, name), join(folder, name), { recursive: true });
  const intents = join(folder, 'intents');
  for (const name of readdirSync(intents).filter((each) => each.endsWith('.yaml'))) {
    const path = join(intents, name);
    writeFileSync(path, thin(readFileSync(path, 'utf8'), options.every));
  }
  const conversations = join(folder, 'dialogs/conversations');
  for (const name of readdirSync(conversations))
    if (name !== 'outcomes.yaml') rmSync(join(conversations, name));
  writeFileSync(join(conversations, 'few.yaml'), options.conversations);
  return folder;
}
