import type { ArticlePassage } from '../../contract/knowledge';
import type { Advice, Entity, OpenQuestion } from '../../contract/understanding';
import { checkReading } from './check-reading';
import type { ModelCounts } from './counts';
import { instructionsOf } from './instructions';
import type { LanguageModel } from './language-model';
import { messageSchemaOf, optionIds, passageIds } from './message-schema';
import { createVeil } from './veil';

/** A message that neither classifier nor dialogs understood, and all that may help. */
export interface AdviceQuestion {
  conversationId: string;
  text: string;
  locale: 'zh' | 'en';
  intents: { id: string; name: string }[];
  question: OpenQuestion | null;
  passages: ArticlePassage[];
  /** The bot's last words. */
  before: string[];
  /** Who is known to be speaking: hidden before anything leaves. */
  names: (string | null)[];
  findEntities: (text: string) => Entity[];
}

/**
 * What the model makes of a message, checked; null when it makes nothing of it, or in time. Never throws, never takes
 * longer than the budget of a turn.
 */
export type Advise = (question: AdviceQuestion) => Promise<Advice | null>;

const TEXT_LIMIT = 1000;
const PASSAGE_LIMIT = 600;
const PASSAGES = 4;
const ANSWER_TOKENS = 400;

export function createAdvise(options: {
  model: LanguageModel;
  counts: ModelCounts;
  withinMs: number;
}): Advise {
  const { model, counts, withinMs } = options;
  return async ({ conversationId, locale, names, findEntities, ...asked }) => {
    const veil = createVeil(findEntities, names);
    const text = asked.text.slice(0, TEXT_LIMIT);
    const passages = asked.passages
      .slice(0, PASSAGES)
      .map((passage) => ({ ...passage, text: passage.text.slice(0, PASSAGE_LIMIT) }));
    const choices = { intents: asked.intents, question: asked.question, passages };
    const answer = await model.ask({
      purpose: 'message',
      subject: conversationId,
      instructions: instructionsOf.message,
      material: {
        language: locale,
        intents: Object.fromEntries(choices.intents.map(({ id, name }) => [id, name])),
        openQuestion: choices.question && {
          text: veil.hide(choices.question.text),
          options: numbered(optionIds(choices), choices.question.options.map(veil.hide)),
          slots: Object.fromEntries(choices.question.slots.map(({ name, title }) => [name, title])),
        },
        passages: numbered(
          passageIds(choices),
          passages.map(({ title, text: words }) => ({ title, text: words })),
        ),
        botSaid: asked.before.map(veil.hide),
        customerText: veil.hide(text),
      },
      schema: messageSchemaOf(choices),
      maxTokens: ANSWER_TOKENS,
      withinMs,
    });
    if (answer.status !== 'answered') return null;
    const { advice, dropped } = checkReading(answer.value, choices, { text, locale, veil, findEntities });
    if (dropped) counts.add(`dropped.${dropped}`);
    if (advice) counts.add(`used.${advice.type}`);
    return advice;
  };
}

const numbered = <T>(ids: string[], values: T[]): Record<string, T> =>
  Object.fromEntries(values.flatMap((value, i) => (ids[i] ? [[ids[i], value] as const] : [])));
