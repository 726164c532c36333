import type { Frame } from '../contract/dialog';
import type { Entity, Understanding } from '../contract/understanding';
import { noteCustomer } from './note-customer';
import { runSteps, setIntent } from './run-steps';
import { SEALED_ENTITIES } from './schema';
import { fillSlots } from './slots/fill-slots';
import { dialogOf, pushDialog, sayPattern, setSlot, type Turn, topFrame } from './turn';

/** What the opening words hold; a dialog opened by them starts from there. */
export type Opening = Pick<Understanding, 'text' | 'entities' | 'isUpset'>;

export const SAID_LIMIT = 200;
/** A concern must be this sure to leave an open question for a while. */
const DIGRESSION_PROBABILITY = 0.5;

/** Opens the first concern and keeps the others for afterwards; what was said with it fills its slots. */
export function openIntents(turn: Turn, intents: string[], opening: Opening): void {
  const [first, ...others] = withoutHinted(turn, intents, opening.entities);
  const dialog = first ? turn.set.byIntent.get(first) : undefined;
  if (!first || !dialog) return;
  keepForLater(turn, others, dialog);
  openDialog(turn, dialog, opening, first);
}

/** Opens a dialog; without an intent it finds out itself what exactly is the matter. */
export function openDialog(turn: Turn, dialog: string, opening: Opening, intent?: string): void {
  turn.state.misunderstood = 0;
  pushDialog(turn, dialog, turn.state.frames.length > 0);
  if (intent) setIntent(turn, intent);
  const frame = topFrame(turn);
  if (frame) takeOpening(turn, frame, opening);
  const before = turn.replies.length;
  runSteps(turn);
  if (opening.isUpset) offerHumanOnce(turn, before + 1);
}

/** What a fact alone speaks for gives way to a concern that takes the fact: "把 F2611… 改到周六" asks for no progress. */
function withoutHinted(turn: Turn, intents: string[], entities: Entity[]): string[] {
  const dialogsOf = (intent: string) => turn.set.dialogs.get(turn.set.byIntent.get(intent) ?? '');
  const takes = (intent: string, type: string) =>
    Object.values(dialogsOf(intent)?.slots ?? {}).some(({ entity }) => entity === type);
  return intents.filter((intent) => {
    const hints = Object.entries(dialogsOf(intent)?.hints ?? {}).filter(([, hinted]) => hinted === intent);
    const facts = hints.filter(([type]) => entities.some((entity) => entity.type === type));
    return !facts.some(([type]) => intents.some((other) => other !== intent && takes(other, type)));
  });
}

function keepForLater(turn: Turn, intents: string[], opened: string): void {
  const dialogs = new Set([
    opened,
    ...turn.state.queuedIntents.map((intent) => turn.set.byIntent.get(intent)),
  ]);
  for (const intent of intents) {
    const dialog = turn.set.byIntent.get(intent);
    if (!dialog || dialogs.has(dialog)) continue;
    dialogs.add(dialog);
    turn.state.queuedIntents.push(intent);
  }
}

function takeOpening(turn: Turn, frame: Frame, { text, entities, isUpset }: Opening): void {
  const locale = turn.state.locale;
  const nothing = { intents: [], candidates: [], isClose: false, danger: null };
  fillSlots(turn, frame, { text, entities, isUpset, locale, ...nothing }, null);
  noteCustomer(turn, { text, isUpset });
  if (dialogOf(turn, frame)?.slots.said) setSlot(turn, frame, 'said', text.slice(0, SAID_LIMIT));
}

/** After the first words, which go to what the customer feels. */
function offerHumanOnce(turn: Turn, at: number): void {
  if (isOffered(turn) || turn.effects.some(({ type }) => type === 'handoff')) return;
  turn.state.humanOfferedAt = turn.context.now;
  const later = turn.replies.splice(at);
  sayPattern(turn, 'human-any-time');
  turn.replies.push(...later);
}
const isOffered = (turn: Turn): boolean => typeof turn.state.humanOfferedAt === 'number';

/** Concerns other than the open ones, by the dialogs that deal with them. */
export function otherConcerns(
  turn: Turn,
  understanding: Understanding,
  floor: number = DIGRESSION_PROBABILITY,
): string[] {
  return understanding.intents.flatMap(({ intent, probability }) => {
    const dialog = turn.set.byIntent.get(intent);
    const isOpen = turn.state.frames.some((open) => open.dialog === dialog);
    return dialog && !isOpen && probability >= floor ? [intent] : [];
  });
}

/** Secrets are not kept for a question of ours. */
export const openEntities = (entities: Entity[]): Entity[] =>
  entities.filter(({ type }) => !SEALED_ENTITIES.has(type));
