import type { Locale } from '../../../contract/activity';
import { articleTexts } from './articles';
import { bulletinTexts } from './bulletins';
import { channelTexts } from './channels';
import { conditionTexts } from './conditions';
import { dialogTexts } from './dialogs';
import { fileTexts } from './files';
import { intentTexts } from './intents';
import { keyTexts } from './keys';
import { lexiconTexts } from './lexicon';
import { messageTexts } from './messages';
import { promiseTexts } from './promises';
import { publishTexts } from './publish';
import { replyTexts } from './replies';
import { reviewTexts } from './review';
import { shellTexts } from './shell';
import { tableTexts } from './tables';
import { tryTexts } from './try-it';
import { versionTexts } from './versions';

/** All texts of the editor, by part. */
export const texts = (locale: Locale) => ({
  shell: shellTexts[locale],
  dialogs: dialogTexts[locale],
  intents: intentTexts[locale],
  messages: messageTexts[locale],
  lexicon: lexiconTexts[locale],
  articles: articleTexts[locale],
  tables: tableTexts[locale],
  promises: promiseTexts[locale],
  files: fileTexts[locale],
  keys: keyTexts[locale],
  review: reviewTexts[locale],
  versions: versionTexts[locale],
  publish: publishTexts[locale],
  tryIt: tryTexts[locale],
  bulletins: bulletinTexts[locale],
  replies: replyTexts[locale],
  channels: channelTexts[locale],
  conditions: conditionTexts[locale],
});
export type Texts = ReturnType<typeof texts>;
