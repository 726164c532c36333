import { stringify } from 'yaml';
import type { PastConversation } from './past';
import { createPlayer, type Played } from './player';
import type { Stage } from './rehearse';
import { type Line, type Outcomes, scriptSchema } from './script';

/** A pause that a dialog may notice. */
const LONG_PAUSE_MS = 60_000;
const ZONE_MS = 8 * 3600_000;

/** "2026-11-24 10:00": how a script names its beginning. */
export const wallClockOf = (at: number): string =>
  new Date(at + ZONE_MS).toISOString().slice(0, 16).replace('T', ' ');

/** A pause before a message as a line of a script; nothing for a short one. */
export const pauseOf = (ms: number): Extract<Line, { wait: string }>[] =>
  ms > LONG_PAUSE_MS ? [{ wait: `${Math.round(ms / 1000)}s` }] : [];

/**
 * A masked conversation as a scripted one, in YAML: what the customer wrote, and what this content makes of it as what
 * must come of it. Whoever reads it next changes what should have come.
 */
export function makeScript(stage: Stage, outcomes: Outcomes, past: PastConversation, name: string): string {
  const { channel, locale, startedAt } = past;
  const settings = { name, channel, locale, at: wallClockOf(startedAt) };
  const player = createPlayer(
    { ...stage, outcomes },
    scriptSchema.parse({ ...settings, lines: [{ say: '' }] }),
  );
  const lines = past.messages.flatMap(({ text, hasAttachment, afterMs }): Line[] => {
    const pauses = pauseOf(afterMs);
    for (const pause of pauses) player.play(pause);
    const said = { say: text, ...(hasAttachment ? { attachment: true } : {}) };
    const played = player.play(said);
    return [...pauses, { ...said, ...expectedOf(played, player.state.frames.at(-1)) }];
  });
  return stringify([{ ...settings, lines }], { lineWidth: 0 });
}

function expectedOf(
  { understanding, handoffs, calls }: Played,
  frame: { dialog: string; step: string } | undefined,
): Pick<Line, 'intent' | 'step' | 'handoff' | 'calls'> {
  const intent = understanding?.intents[0]?.intent;
  const [handoff] = handoffs;
  return {
    ...(intent ? { intent } : {}),
    step: frame ? `${frame.dialog}/${frame.step}` : 'none',
    ...(handoff ? { handoff: handoff.reason } : {}),
    ...(calls.length > 0 ? { calls: calls.map(({ operation }) => operation) } : {}),
  };
}
