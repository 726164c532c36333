import { z } from 'zod';
import type { Frame } from '../contract/dialog';
import { entitySchema, type Understanding } from '../contract/understanding';
import { isAsGoodAsYes } from './as-good-as-yes';
import { onCancel, onRestart } from './controls';
import { noteChosen, noteUnanswered } from './knowledge/answer-question';
import { askedArticlesSchema, askedOfferSchema, onArticleChosen, onOffered } from './knowledge/on-asked-back';
import { askedPurposeSchema, onPurpose } from './offers';
import { openEntities, openIntents } from './open-dialog';
import type { PatternName } from './pattern-names';
import { repeatQuestion } from './questions';
import { fold, readOrdinal } from './read-option';
import { runSteps } from './run-steps';
import { handOver, sayHandingOver, sayPattern, type Turn, topFrame } from './turn';

/** A question of the interpreter's own, to which the next message may be the answer. */
const clarifyingSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('intents'),
    intents: z.array(z.string()),
    /** What was put to the customer for each, where it is not the concern's name. */
    labels: z.array(z.string()).optional(),
    /** What was said before the question: nobody says it twice. */
    text: z.string(),
    entities: z.array(entitySchema),
  }),
  z.object({
    type: z.literal('guess'),
    intent: z.string(),
    /** Only a language model took it for that: nothing but a plain "yes" counts. */
    isAdvised: z.boolean().optional(),
    text: z.string(),
    entities: z.array(entitySchema),
  }),
  /** What a language model takes the answer to the open question for. */
  z.object({ type: z.literal('reading'), text: z.string(), entities: z.array(entitySchema) }),
  askedArticlesSchema,
  askedOfferSchema,
  askedPurposeSchema,
  z.object({ type: z.literal('human') }),
  z.object({ type: z.literal('return') }),
  z.object({ type: z.literal('drop') }),
]);

type Clarifying = z.infer<typeof clarifyingSchema>;

const TAPS = {
  yes: { zh: '是的', en: 'Yes' },
  no: { zh: '不是', en: 'No' },
  human: { zh: '转人工', en: 'A human' },
  goOn: { zh: '接着办', en: 'Go on' },
  restart: { zh: '重新来', en: 'Start over' },
  drop: { zh: '不办了', en: 'Drop it' },
} as const;

const isGoOn = (said: string): boolean =>
  /^(?:好的?|行|嗯|那)?[,，]?(?:接着办?来?|继续|接着)(?:吧|办吧)?$|^我?(?:现在|已经)?(?:到家|回家|回来)了(?:啊|哈|吧)?[。!！]?$|^(?:go on|continue|carry on)\b|^(?:ok(?:ay)?,? )?i'?m (?:back|(?:at )?home)(?: now)?[.!]?$/u.test(
    said,
  );

/** The message answers only with the words that take up what lies open. */
export const wantsToGoOn = (understanding: Understanding): boolean => isGoOn(fold(understanding.text));

/** Asks which of two close concerns is meant. */
export function askWhich(turn: Turn, intents: string[], said: Understanding): void {
  const names = intents.map((intent) => turn.set.intentNames.get(intent)?.[turn.state.locale] ?? intent);
  keepWhich(turn, { intents }, said);
  sayPattern(turn, 'which-one', { first: names[0], second: names[1] }, names);
}

interface Way {
  intent: string;
  label: { zh: string; en: string };
}

/** Offers concerns in words of their own. */
export function askWay(
  turn: Turn,
  ways: Way[],
  said: Understanding,
  asking: { pattern: PatternName; extra: Record<string, unknown> },
): void {
  const labels = ways.map(({ label }) => label[turn.state.locale]);
  keepWhich(turn, { intents: ways.map(({ intent }) => intent), labels }, said);
  sayPattern(turn, asking.pattern, asking.extra, labels);
}

function keepWhich(
  turn: Turn,
  choice: { intents: string[]; labels?: string[] },
  { text, entities }: Understanding,
): void {
  const kept = { text: text.slice(0, 200), entities: openEntities(entities) };
  turn.state.clarifying = { type: 'intents', ...choice, ...kept };
}

/** Asks whether the likeliest concern is meant, when it is not sure enough to begin with. */
export function askWhether(
  turn: Turn,
  intent: string,
  { text, entities, advice }: Pick<Understanding, 'text' | 'entities' | 'advice'>,
): void {
  const { locale } = turn.state;
  const isAdvised = advice?.type === 'intent';
  const kept = {
    ...(isAdvised ? { isAdvised } : {}),
    text: text.slice(0, 200),
    entities: openEntities(entities),
  };
  turn.state.clarifying = { type: 'guess', intent, ...kept };
  const name = turn.set.intentNames.get(intent)?.[locale] ?? intent;
  sayPattern(turn, 'did-you-mean', { intent: name }, [TAPS.yes[locale], TAPS.no[locale]]);
}

/**
 * Puts what a language model makes of a message to the customer: nothing of it is done without a "yes". False when
 * there is nothing to ask.
 */
export function askReading(turn: Turn, understanding: Understanding): boolean {
  const { advice } = understanding;
  if (advice?.type === 'intent' && turn.set.byIntent.has(advice.intent)) {
    askWhether(turn, advice.intent, understanding);
    return true;
  }
  if (advice?.type !== 'words' || !topFrame(turn)) return false;
  const { text, entities } = advice;
  const { locale } = turn.state;
  turn.state.clarifying = { type: 'reading', text, entities: openEntities(entities) };
  sayPattern(turn, 'did-you-say', { words: text }, [TAPS.yes[locale], TAPS.no[locale]]);
  return true;
}

/** What the customer said in the words that were put to them; null when the message is no "yes" to them. */
export function confirmedReading(turn: Turn, understanding: Understanding): Understanding | null {
  const open = clarifyingSchema.safeParse(turn.state.clarifying).data;
  if (open?.type !== 'reading' || intentOf(understanding) !== 'affirm') return null;
  turn.state.clarifying = null;
  const { text, entities } = open;
  return { ...understanding, text, entities, intents: [], candidates: [], isClose: false, advice: undefined };
}

/** Offers a human after misunderstandings; "yes" is enough. */
export function offerHuman(turn: Turn): void {
  turn.state.clarifying = { type: 'human' };
  sayPattern(turn, 'offer-human', {}, [TAPS.human[turn.state.locale]]);
}

/** Offers to take up a dialog that was left open. */
export function offerReturn(turn: Turn): void {
  const { locale, frames } = turn.state;
  const dialog = turn.set.dialogs.get(frames[0]?.dialog ?? '')?.name[locale];
  turn.state.clarifying = { type: 'return' };
  sayPattern(
    turn,
    'session-resumed',
    { dialog },
    [TAPS.goOn, TAPS.restart, TAPS.drop].map((tap) => tap[locale]),
  );
}

/** "不用了" in answer to a question for a fact: the customer may mean the whole of it. */
export function offerDrop(turn: Turn): void {
  const { locale, frames } = turn.state;
  const dialog = turn.set.dialogs.get(frames[0]?.dialog ?? '')?.name[locale];
  turn.state.clarifying = { type: 'drop' };
  sayPattern(turn, 'drop-or-go-on', { dialog }, [TAPS.drop[locale], TAPS.goOn[locale]]);
}

/** The answer to a question of ours; false when the message is about something else. */
export function onClarified(turn: Turn, understanding: Understanding): boolean {
  const open = clarifyingSchema.safeParse(turn.state.clarifying);
  turn.state.clarifying = null;
  if (!open.success) return false;
  switch (open.data.type) {
    case 'intents':
      return onWhich(turn, open.data, understanding);
    case 'guess':
      return onGuess(turn, open.data, understanding);
    case 'reading':
      return onReadingDenied(turn, understanding);
    case 'articles':
      return onArticleChosen(turn, open.data, understanding);
    case 'offer':
      return onOffered(turn, open.data, understanding);
    case 'purpose':
      return onPurpose(turn, open.data, understanding);
    case 'human':
      return onHumanOffered(turn, understanding);
    case 'return':
      return onReturn(turn, understanding);
    case 'drop':
      return onDropOffered(turn, understanding);
  }
}

const intentOf = (understanding: Understanding): string | null => understanding.intents[0]?.intent ?? null;

function onWhich(
  turn: Turn,
  { intents, labels = [], text, entities }: Extract<Clarifying, { type: 'intents' }>,
  understanding: Understanding,
): boolean {
  const said = fold(understanding.text);
  const opening = {
    text: `${text} ${understanding.text}`,
    entities: [...entities, ...understanding.entities],
    isUpset: understanding.isUpset,
  };
  const isNamed = (intent: string) => {
    const names = turn.set.intentNames.get(intent);
    return names !== undefined && [names.zh, names.en].some((name) => said.includes(fold(name)));
  };
  const found = understanding.intents.map(({ intent }) => intent);
  const byNumber = intents[(readOrdinal(understanding.text) ?? 0) - 1];
  const byLabel = intents[labels.findIndex((label) => fold(label) === said)];
  const chosen =
    byNumber ?? byLabel ?? intents.find(isNamed) ?? intents.find((intent) => found.includes(intent));
  const isBoth = /^(?:两个|都|both)/u.test(said) && !/不是|neither/u.test(said);
  if (isBoth) openIntents(turn, intents, opening);
  else if (chosen) {
    noteChosen(turn, { text, entities }, chosen);
    openIntents(turn, [chosen], opening);
  } else return false;
  return true;
}

function onGuess(
  turn: Turn,
  { intent, isAdvised, text, entities }: Extract<Clarifying, { type: 'guess' }>,
  understanding: Understanding,
): boolean {
  const found = intentOf(understanding);
  const chosen = isAdvised ? null : readOrdinal(understanding.text);
  // What a language model has proposed takes a plain yes.
  const isGiven = !isAdvised && isAsGoodAsYes(turn, intent, understanding);
  const isSaid = found === 'affirm' || found === intent || isGiven;
  const isYes = chosen === 1 || (chosen === null && isSaid);
  if (!isYes && chosen !== 2 && found !== 'deny') return false;
  if (isYes) {
    noteChosen(turn, { text, entities }, intent);
    const all = [...entities, ...understanding.entities];
    openIntents(turn, [intent], { text, entities: all, isUpset: understanding.isUpset });
    return true;
  }
  noteUnanswered(turn, { text, entities });
  if (topFrame(turn)) repeatQuestion(turn, null);
  else sayPattern(turn, 'what-i-can-do');
  return true;
}

/** "No" means that something else was said; anything else may be the answer itself. */
function onReadingDenied(turn: Turn, understanding: Understanding): boolean {
  if (intentOf(understanding) !== 'deny' || understanding.entities.length > 0) return false;
  repeatQuestion(turn, null);
  return true;
}

function onHumanOffered(turn: Turn, understanding: Understanding): boolean {
  if (intentOf(understanding) !== 'affirm') return false;
  sayHandingOver(turn);
  handOver(turn, 'not-understood', 'normal', topFrame(turn)?.step ?? null);
  return true;
}

function onDropOffered(turn: Turn, understanding: Understanding): boolean {
  const intent = intentOf(understanding);
  const said = fold(understanding.text);
  const frame = topFrame(turn);
  if (!frame) return false;
  const isDropped = [TAPS.drop.zh, TAPS.drop.en].some((tap) => said === fold(tap));
  if (!isDropped && (isGoOn(said) || intent === 'deny')) repeatQuestion(turn, null);
  else if (isDropped || intent === 'affirm' || intent === 'cancel') onCancel(turn, frame);
  else return false;
  return true;
}

function onReturn(turn: Turn, understanding: Understanding): boolean {
  const intent = intentOf(understanding);
  const said = fold(understanding.text);
  const names = (tap: { zh: string; en: string }) => said === fold(tap.zh) || said === fold(tap.en);
  const frame = topFrame(turn);
  if (!frame) return false;
  if (names(TAPS.restart) || intent === 'restart') onRestart(turn);
  else if (names(TAPS.drop) || intent === 'deny' || intent === 'cancel') onCancel(turn, frame);
  else if (isGoOn(said) || intent === 'affirm') goOn(turn, frame);
  else return false;
  return true;
}

/** Days may have passed: the question is put as it now stands. */
const goOn = (turn: Turn, frame: Frame): void =>
  frame.waiting ? repeatQuestion(turn, null) : runSteps(turn);
