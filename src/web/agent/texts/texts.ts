import type { Locale } from '../../../contract/activity';
import { customerTexts } from './customer';
import { shellTexts } from './shell';
import { talkTexts } from './talk';

/** Every word of the desk, by part. */
export const texts = (locale: Locale) => ({
  shell: shellTexts[locale],
  talk: talkTexts[locale],
  customer: customerTexts[locale],
});
export type Texts = ReturnType<typeof texts>;
