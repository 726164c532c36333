import type { DialogState } from '../contract/dialog';
import type { LineProblem } from '../contract/script-problem';
import type { Played } from './player';
import type { Line } from './script';

const stepOf = ({ frames }: DialogState): string => {
  const frame = frames.at(-1);
  return frame ? `${frame.dialog}/${frame.step}` : 'none';
};

/** A value by its path in the running frame's slots; null when nothing is there. */
function slotAt(state: DialogState, path: string): unknown {
  let value: unknown = state.frames.at(-1)?.slots;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value ?? null;
}

/** What is missing of the pieces, which must be found in the replies in their order. */
function missingPiece(texts: string[], pieces: string[]): string | null {
  let at = 0;
  for (const piece of pieces) {
    const found = texts.findIndex((text, i) => i >= at && text.includes(piece));
    if (found < 0) return piece;
    at = found;
  }
  return null;
}

type Differs = Extract<LineProblem, { type: 'differs' }>;
const jsonOf = (value: unknown): string => String(JSON.stringify(value));

function differs(
  what: Differs['what'],
  wanted: unknown,
  got: unknown,
  name: string | null = null,
): Differs[] {
  if (wanted === undefined || jsonOf(wanted) === jsonOf(got)) return [];
  return [{ type: 'differs', what, name, wanted: jsonOf(wanted), got: jsonOf(got) }];
}

/** All that a line's outcome lacks; empty when it is as expected. */
export function checkLine(line: Line, played: Played, state: DialogState): LineProblem[] {
  const said = played.replies.map(({ text }) => text);
  const missing = missingPiece(said, line.replies ?? []);
  const unwanted = (line.not ?? []).filter((piece) => said.some((text) => text.includes(piece)));
  return [
    ...differs('intent', line.intent, played.understanding?.intents[0]?.intent ?? null),
    ...differs('step', line.step, stepOf(state)),
    ...differs('handoff', line.handoff, played.handoffs[0]?.reason ?? 'none'),
    ...differs('priority', line.priority, played.handoffs[0]?.priority),
    ...differs('locale', line.locale, state.locale),
    ...differs('count', line.count, said.length),
    ...differs('taps', line.taps, played.replies.at(-1)?.quickReplies),
    ...differs(
      'calls',
      line.calls,
      played.calls.map(({ operation }) => operation),
    ),
    ...Object.entries(line.args ?? {}).flatMap(([name, wanted]) =>
      differs('argument', wanted, played.calls.at(-1)?.args[name], name),
    ),
    ...Object.entries(line.slots ?? {}).flatMap(([path, wanted]) =>
      differs('slot', wanted, slotAt(state, path), path),
    ),
    ...(missing === null ? [] : [{ type: 'missing' as const, piece: missing, said }]),
    ...unwanted.map((piece) => ({ type: 'unwanted' as const, piece, said })),
  ];
}
