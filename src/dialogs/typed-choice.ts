import type { DialogState } from '../contract/dialog';
import { fold } from './read-option';

/** "2", "2.", "②", as the numbers stand before choices where they cannot be tapped. */
const NUMBER = /^([1-9])[.、,，)）。]?$/u;

/**
 * What somebody means who types the number of a choice that was just shown: its words. Channels without buttons show
 * choices as numbered lines. Anything else is what was typed; so is a number where none was offered.
 */
export function typedChoice(state: DialogState | null, text: string): string {
  const said = NUMBER.exec(fold(text))?.[1];
  const asked = state?.lastReplies.at(-1)?.quickReplies ?? [];
  return (said && asked[Number(said) - 1]) ?? text;
}
