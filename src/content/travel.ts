import { UNLEARNED } from '../dialogs/load';
import type { DialogSet } from '../dialogs/schema';
import type { ParsedContent } from './content';

/** Content as it goes between threads or to disk: functions do not travel, they are made when it is compiled. */
export type TravellingContent = Omit<ParsedContent, 'dialogs'> & {
  dialogs: Omit<DialogSet, 'findAnswers' | 'holds'>;
};

export function toTravel(parsed: ParsedContent): TravellingContent {
  const { findAnswers: _found, holds: _holds, ...dialogs } = parsed.dialogs;
  return { ...parsed, dialogs };
}

export const fromTravel = (travelled: TravellingContent): ParsedContent => ({
  ...travelled,
  dialogs: { ...travelled.dialogs, ...UNLEARNED },
});
