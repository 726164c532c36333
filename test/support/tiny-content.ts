import { join } from 'node:path';
import { type ContentFiles, readContentFiles } from '../../src/content/content';

const KEPT =
  /^(?:dialogs\/(?:patterns|refusals|praise|wifi-password)|intents\/(?:praise|greet|thanks|affirm|deny|cancel|wifi-password|restart|repeat|talk-to-human|oos)|intents\/entities\/lexicon)\.yaml$/;

/** A few shipped files that hold together and are read and learned in no time. */
export const tinyContent: ContentFiles = Object.fromEntries(
  Object.entries(readContentFiles(join(__dirname, '../..'))).filter(([path]) => KEPT.test(path)),
);

/** The same with other words in a dialog. */
export const withWords = (files: ContentFiles, words: string): ContentFiles => ({
  ...files,
  'dialogs/praise.yaml': (files['dialogs/praise.yaml'] ?? '').replace(/zh: 谢谢您.*,\n/, `zh: ${words},\n`),
});
