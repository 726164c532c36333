import type { Difference, Outcome } from '../contract/content-trial';
import type { StepPlace } from '../contract/dialog';
import { pauseOf, wallClockOf } from './make-script';
import type { PastConversation } from './past';
import { createPlayer, type Played } from './player';
import type { Stage } from './rehearse';
import type { Outcomes } from './script';
import { scriptSchema } from './script';

const nameOf = ({ dialog, step }: StepPlace): string => `${dialog}/${step}`;

function outcomeOf(played: Played, player: ReturnType<typeof createPlayer>): Outcome {
  const frame = player.state.frames.at(-1);
  return {
    intent: played.understanding?.intents[0]?.intent ?? null,
    step: frame ? nameOf(frame) : null,
    replies: played.replies.map(({ text }) => text),
    handoff: played.handoffs[0]?.reason ?? null,
  };
}

/** The first step at which two ways part; null where they are one. */
function partingOf(before: StepPlace[], after: StepPlace[]): { from: string; to: string } | null {
  const at = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i).find((i) => {
    const [a, b] = [before[i], after[i]];
    return !a || !b || nameOf(a) !== nameOf(b);
  });
  if (at === undefined) return null;
  const told = (place: StepPlace | undefined) => (place ? nameOf(place) : 'none');
  return { from: told(before[at]), to: told(after[at]) };
}

/** Understood otherwise, led elsewhere, or said in other words: what comes first explains the rest. */
function causeOf(before: Outcome & { trace: StepPlace[] }, after: Outcome & { trace: StepPlace[] }): string {
  if (before.intent !== after.intent) return `intent ${before.intent ?? 'none'} → ${after.intent ?? 'none'}`;
  const parting = partingOf(before.trace, after.trace);
  if (parting) return `step ${parting.from} → ${parting.to}`;
  const last = before.trace.at(-1);
  return `words of ${last ? nameOf(last) : (before.step ?? 'patterns')}`;
}

/** One version at its side of a replay: as the customer typed, with the same world for both. */
function begin(stage: Stage, outcomes: Outcomes, { channel, locale, startedAt }: PastConversation) {
  const script = scriptSchema.parse({
    name: 'replay',
    channel,
    locale,
    at: wallClockOf(startedAt),
    lines: [{ say: '' }],
  });
  const player = createPlayer({ ...stage, outcomes }, script);
  return (message: PastConversation['messages'][number]): Outcome & { trace: StepPlace[] } => {
    try {
      for (const pause of pauseOf(message.afterMs)) player.play(pause);
      const played = player.play({ say: message.text, attachment: message.hasAttachment });
      return { ...outcomeOf(played, player), trace: played.trace };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { intent: null, step: null, replies: [`⚠ ${reason}`], handoff: null, trace: [] };
    }
  };
}

const withoutTrace = ({ trace: _, ...outcome }: Outcome & { trace: StepPlace[] }): Outcome => outcome;

/**
 * Puts past conversations to two versions and answers where they part: the first message of each conversation that is
 * understood, led or answered otherwise. What follows a parting follows from it.
 */
export function replay(
  versions: { before: Stage; after: Stage },
  outcomes: Outcomes,
  past: PastConversation[],
): Difference[] {
  return past.flatMap((conversation) => {
    const before = begin(versions.before, outcomes, conversation);
    const after = begin(versions.after, outcomes, conversation);
    for (const [i, message] of conversation.messages.entries()) {
      const [old, fresh] = [before(message), after(message)];
      const found = { conversation: conversation.id, line: i + 1, said: message.text };
      if (JSON.stringify(withoutTrace(old)) === JSON.stringify(withoutTrace(fresh))) continue;
      const sides = { before: withoutTrace(old), after: withoutTrace(fresh) };
      return [{ ...found, ...sides, cause: causeOf(old, fresh) }];
    }
    return [];
  });
}
