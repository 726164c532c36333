import type { Frame } from '../contract/dialog';
import type { Understanding } from '../contract/understanding';
import { fold, isSaid } from './read-option';
import { dialogOf, type Turn } from './turn';

/** Words that lead elsewhere wherever the dialog stands, and the step they lead to: "好了有网了". */
export function shortcutOf(turn: Turn, frame: Frame, { text }: Pick<Understanding, 'text'>): string | null {
  const said = fold(text);
  const found = dialogOf(turn, frame)?.shortcuts.find(({ words }) =>
    words.some((word) => isSaid(said, fold(word))),
  );
  return found?.next ?? null;
}
