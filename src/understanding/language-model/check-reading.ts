import type { Advice, Entity, OpenQuestion } from '../../contract/understanding';
import { factsIn } from './facts';
import { findUngrounded, isAbout, type Ungrounded } from './grounding';
import { type Choices, type MessageReading, NONE, optionIds, passageIds } from './message-schema';
import { isPlainText } from './plain-text';
import type { Veil } from './veil';

/** Why something that the model wrote is not used. */
export type Dropped =
  | Ungrounded
  | 'beside-the-point'
  | 'no-source'
  | 'too-long'
  | 'language'
  | 'markup'
  | 'placeholder'
  | 'made-up';

export type Checked = { advice: Advice | null; dropped: Dropped | null };

const LONGEST = { zh: 120, en: 300 } as const;
const LONGEST_VALUE = 100;

/** Written for people who read the other language, or for machines. */
function misfitOf(text: string, locale: 'zh' | 'en'): Dropped | null {
  if (text.length > LONGEST[locale]) return 'too-long';
  if (!isPlainText(text)) return 'markup';
  const isChinese = /\p{Script=Han}/u.test(text);
  return isChinese === (locale === 'zh') ? null : 'language';
}

/** An answer all of whose sentences rest on passages that exist; one that does not sinks the whole. */
function checkAnswer(
  sentences: MessageReading['answer'],
  choices: Choices,
  { text: question, locale, veil }: { text: string; locale: 'zh' | 'en'; veil: Veil },
): Checked {
  // Judged only when it is short enough to be said: a hostile endpoint may send any length.
  if (sentences.reduce((sum, { text }) => sum + text.length, 0) > 2 * LONGEST[locale])
    return { advice: null, dropped: 'too-long' };
  const ids = passageIds(choices);
  const cited = new Set<number>();
  const texts: string[] = [];
  for (const { text: written, sources } of sentences) {
    const at = sources.map((source) => ids.indexOf(source));
    if (at.length === 0 || at.includes(-1)) return { advice: null, dropped: 'no-source' };
    const passages = at.flatMap((i) => choices.passages[i] ?? []);
    const text = veil.restore(written.trim());
    if (text === null) return { advice: null, dropped: 'placeholder' };
    const ungrounded = findUngrounded(
      text,
      passages.map((passage) => `${passage.title}\n${passage.text}`),
    );
    if (ungrounded) return { advice: null, dropped: ungrounded };
    for (const i of at) cited.add(i);
    texts.push(text);
  }
  const text = texts.join(locale === 'zh' ? '' : ' ');
  const misfit = misfitOf(text, locale);
  if (misfit) return { advice: null, dropped: misfit };
  const sources = [...cited].flatMap((i) => choices.passages[i] ?? []);
  const words = sources.flatMap((source) => [source.title, source.text]);
  if (!isAbout(question, words)) return { advice: null, dropped: 'beside-the-point' };
  return {
    advice: {
      type: 'answer',
      text,
      sources: sources.map(({ id, title, source }) => ({ id, title, source })),
    },
    dropped: null,
  };
}

/** Facts of a value must be facts of the message: the model reads, it adds nothing. */
const addsNothing = (value: string, said: string): boolean => {
  const known = factsIn(said);
  const bare = (fact: string) => fact.split(' ')[0];
  return [...factsIn(value)].every(
    (fact) => known.has(fact) || [...known].some((other) => bare(other) === bare(fact) && /^\d/.test(fact)),
  );
};

const fits = (entity: Entity, wanted: string): boolean =>
  entity.type === wanted || (wanted === 'address' && entity.type === 'address-part');

/** A value counts when our own finders read it as what the slot takes; their words are kept, the model's are not. */
function checkSlot(
  { slot, value: written }: MessageReading['slots'][number],
  question: OpenQuestion,
  said: { text: string; veil: Veil; findEntities: (text: string) => Entity[] },
): { entities: Entity[] } | Dropped {
  const value = said.veil.restore(written);
  const entity = question.slots.find(({ name }) => name === slot)?.entity;
  if (value === null) return 'placeholder';
  if (!entity || value.length > LONGEST_VALUE || !addsNothing(value, said.text)) return 'made-up';
  const entities = said.findEntities(value).filter((each) => fits(each, entity));
  return entities.length > 0 ? { entities } : 'made-up';
}

/** Entities as if their words alone had been written. */
function wordsOf(entities: Entity[]): { text: string; entities: Entity[] } {
  let text = '';
  const placed = entities.map((entity) => {
    const start = text.length === 0 ? 0 : text.length + 1;
    text = `${text} ${entity.text}`.trimStart();
    return { ...entity, start, end: start + entity.text.length };
  });
  return { text, entities: placed };
}

function checkSlots(
  slots: MessageReading['slots'],
  question: OpenQuestion | null,
  said: { text: string; veil: Veil; findEntities: (text: string) => Entity[] },
): Checked {
  if (!question || slots.length === 0) return { advice: null, dropped: null };
  const found: Entity[] = [];
  for (const slot of slots.slice(0, 4)) {
    const checked = checkSlot(slot, question, said);
    if (typeof checked === 'string') return { advice: null, dropped: checked };
    found.push(...checked.entities);
  }
  return { advice: { type: 'words', ...wordsOf(found) }, dropped: null };
}

/**
 * What may be taken from the model's reading of a message: an answer whose every sentence has a source, the option or
 * values that the open question waits for, or a concern: the first that holds. Pure; nothing of it is an action.
 */
export function checkReading(
  reading: MessageReading,
  choices: Choices,
  said: { text: string; locale: 'zh' | 'en'; veil: Veil; findEntities: (text: string) => Entity[] },
): Checked {
  const options = choices.question?.options ?? [];
  const option = options[optionIds(choices).indexOf(reading.option)];
  if (option) return { advice: { type: 'words', text: option, entities: [] }, dropped: null };
  const slots = checkSlots(
    reading.slots.filter(({ slot }) => slot !== NONE),
    choices.question,
    said,
  );
  if (slots.advice) return slots;
  const answer =
    reading.answer.length > 0 ? checkAnswer(reading.answer, choices, said) : { advice: null, dropped: null };
  if (answer.advice) return answer;
  const dropped = answer.dropped ?? slots.dropped;
  return { advice: reading.intent === NONE ? null : { type: 'intent', intent: reading.intent }, dropped };
}
