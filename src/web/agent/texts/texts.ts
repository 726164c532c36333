import type { Locale } from '../../../contract/activity';
import { accountTexts } from './accounts';
import { customerTexts } from './customer';
import { guestTexts } from './guests';
import { handOverTexts } from './hand-over';
import { leadTexts } from './lead';
import { ownAccountTexts } from './own-account';
import { practiceTexts } from './practice';
import { qualityTexts } from './quality';
import { regulatorTexts } from './regulator';
import { rosterTexts } from './rosters';
import { shellTexts } from './shell';
import { talkTexts } from './talk';
import { taskTexts } from './tasks';

/** Every word of the desk, by part. */
export const texts = (locale: Locale) => ({
  shell: shellTexts[locale],
  talk: talkTexts[locale],
  guests: guestTexts[locale],
  customer: customerTexts[locale],
  lead: leadTexts[locale],
  accounts: accountTexts[locale],
  own: ownAccountTexts[locale],
  tasks: taskTexts[locale],
  regulator: regulatorTexts[locale],
  quality: qualityTexts[locale],
  practice: practiceTexts[locale],
  handOver: handOverTexts[locale],
  rosters: rosterTexts[locale],
});
export type Texts = ReturnType<typeof texts>;
