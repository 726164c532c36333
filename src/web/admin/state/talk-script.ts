import type { Locale } from '../../../contract/activity';
import type { TalkLine, TalkTurn } from '../../../contract/content-talk';
import { itemOf } from '../../../dialogs/edit/render-value';

/** Where conversations stand that were tried in the editor and became tests. */
export const TRIED_TALKS = 'dialogs/conversations/from-trying.yaml';

/** Up to the first mark or number: what follows may hold a time or an order number. */
const pieceOf = (reply: string): string => /^[^\d，。！？；：,.!?;:\n]{2,40}/u.exec(reply)?.[0].trim() ?? '';

function lineOf(line: TalkLine, turn: TalkTurn | undefined): Record<string, unknown> {
  const said = line.type === 'say' ? { say: line.text } : { start: line.dialog };
  if (!turn) return said;
  const { replies, place, handoffs, calls } = turn;
  const pieces = replies.map(({ text }) => pieceOf(text)).filter(Boolean);
  return {
    ...said,
    step: place ? `${place.dialog}/${place.step}` : 'none',
    ...(pieces.length > 0 ? { replies: pieces } : {}),
    ...(handoffs[0] ? { handoff: handoffs[0] } : {}),
    ...(calls.length > 0 ? { calls } : {}),
  };
}

export interface TriedTalk {
  name: string;
  locale: Locale;
  lines: readonly TalkLine[];
  /** What came of each line. */
  turns: readonly TalkTurn[];
}

/**
 * A file of scripted conversations with one more: what somebody said to the draft, and what it answered as what must
 * come of it from now on.
 */
export function addTalk(file: string, { name, locale, lines, turns }: TriedTalk): string {
  const script = { name, locale, lines: lines.map((line, i) => lineOf(line, turns[i])) };
  const before = file === '' || file.endsWith('\n') ? file : `${file}\n`;
  return `${before}${before === '' ? '' : '\n'}${itemOf(script, 0)}\n`;
}
