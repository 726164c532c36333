import type { Frame } from '../contract/dialog';
import type { Understanding } from '../contract/understanding';
import { fold, isSaid } from './read-option';
import { runChain } from './run-chain';
import { dialogOf, type Turn } from './turn';

/** Words that lead elsewhere wherever the dialog, or one that it runs, stands: "好了有网了". */
export function shortcutOf(
  turn: Turn,
  { text }: Pick<Understanding, 'text'>,
): { frame: Frame; step: string } | null {
  const said = fold(text);
  for (const frame of runChain(turn)) {
    const found = dialogOf(turn, frame)?.shortcuts.find(({ words }) =>
      words.some((word) => isSaid(said, fold(word))),
    );
    if (found) return { frame, step: found.next };
  }
  return null;
}
