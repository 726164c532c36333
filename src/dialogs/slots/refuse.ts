import type { Frame } from '../../contract/dialog';
import type { Entity, Understanding } from '../../contract/understanding';
import { askQuestion, labelsOf } from '../questions';
import type { AskStep, ChooseStep, LocalizedText } from '../schema';
import { dialogOf, isFilled, say, type Turn } from '../turn';
import { isCorrection, type Refused, rememberFacts } from './fill-slots';

type Question = AskStep | ChooseStep;

/** Words with what fills them in. */
interface Refusal {
  text: LocalizedText;
  facts: Record<string, unknown>;
}

/** Slots that an answer to the open question may fill: its own, and those whose news mean one of its options. */
function wantedSlots(turn: Turn, frame: Frame, step: Question): string[] {
  const names = Object.keys(dialogOf(turn, frame)?.slots ?? {});
  const isMeant = (name: string) =>
    step.type === 'choose' && step.options.some(({ when }) => when?.includes(`'${name}' in news`));
  return names.filter((name) => name === step.slot || isMeant(name));
}

const entityOf = (turn: Turn, frame: Frame, name: string): string | undefined =>
  dialogOf(turn, frame)?.slots[name]?.entity;

/** Why a number that looks like one of these kinds is none. */
function nearMissOf(
  turn: Turn,
  kinds: ReadonlySet<string>,
  { nearMisses = [] }: Understanding,
): Refusal | null {
  for (const miss of nearMisses) {
    const text = kinds.has(miss.type) ? turn.set.refusals?.kinds[miss.type]?.reasons[miss.reason] : undefined;
    if (text) return { text, facts: { off: miss.off ?? null } };
  }
  return null;
}

/** What the channel masked, by its mark. */
const MASKED: [mark: string, kind: string][] = [
  ['[证件号]', 'id-card'],
  ['[银行卡号]', 'bank-card'],
  ['[密码]', 'password'],
];
/** Kinds that are given in answer to a question for a fact; others are only mentioned in passing. */
const FACTS = new Set(['phone', 'order-number', 'broadband-account', 'id-card', 'address', 'one-time-code']);

/** What was given in the place of what was asked: a phone where the number of an order was wanted. */
function otherKindOf(turn: Turn, wanted: string, { text, entities }: Understanding): Refusal | null {
  const words = turn.set.refusals;
  const { locale } = turn.state;
  const masked = MASKED.find(([mark, kind]) => kind !== wanted && text.includes(mark))?.[1];
  const maskedName = words?.kinds[masked ?? '']?.name[locale];
  if (words && maskedName) return { text: words.masked, facts: { found: maskedName } };
  const other = entities.find(({ type }) => type !== wanted && FACTS.has(type));
  const [found, asked] = [words?.kinds[other?.type ?? ''], words?.kinds[wanted]];
  if (!words || !other || !found || !asked?.example) return null;
  const facts = { found: found.name[locale], wanted: asked.name[locale], example: asked.example[locale] };
  return { text: words['other-kind'], facts };
}

/** Says what is wrong with an answer that fills nothing; false when nothing is known to be wrong with it. */
export function refuse(
  turn: Turn,
  { frame, step, understanding }: { frame: Frame; step: Question; understanding: Understanding },
  refused: Refused[],
): boolean {
  const refusal = refusalOf(turn, { frame, step, understanding }, refused);
  if (!refusal) return false;
  // What was given is known from now on, though it was not asked.
  rememberFacts(turn, understanding);
  say(turn, refusal.text, step.type === 'ask' ? labelsOf(turn, step) : [], refusal.facts);
  if (step.type === 'choose') askQuestion(turn, step);
  return true;
}

function refusalOf(
  turn: Turn,
  { frame, step, understanding }: { frame: Frame; step: Question; understanding: Understanding },
  refused: Refused[],
): Refusal | null {
  const wanted = wantedSlots(turn, frame, step);
  const value = refused.find(({ name }) => wanted.includes(name));
  if (value) return { text: value.message, facts: {} };
  const names = isCorrection(understanding.text) ? Object.keys(dialogOf(turn, frame)?.slots ?? {}) : wanted;
  const kinds = new Set(names.map((name) => entityOf(turn, frame, name) ?? ''));
  const miss = nearMissOf(turn, kinds, understanding);
  const asked = step.type === 'ask' ? entityOf(turn, frame, step.slot) : undefined;
  return miss ?? (asked && asked !== 'text' ? otherKindOf(turn, asked, understanding) : null);
}

/** Beside what was taken: "翠屏国际城12幢 电话1391234567" has a phone that could not be. */
export function refuseBeside(turn: Turn, frame: Frame, understanding: Understanding): void {
  const slots = Object.entries(dialogOf(turn, frame)?.slots ?? {});
  const has = (type: string) => understanding.entities.some((entity: Entity) => entity.type === type);
  const open = slots.flatMap(([name, { entity }]) =>
    entity && !isFilled(frame.slots[name]) && !has(entity) ? [entity] : [],
  );
  const miss = nearMissOf(turn, new Set(open), understanding);
  if (miss) say(turn, miss.text, [], miss.facts);
}
