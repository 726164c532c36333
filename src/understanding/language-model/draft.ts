import { z } from 'zod';
import type { Drafted } from '../../contract/language-model';
import type { Entity } from '../../contract/understanding';
import type { ModelCounts } from './counts';
import { unknownFacts } from './facts';
import { instructionsOf } from './instructions';
import type { LanguageModel } from './language-model';
import { isPlainText } from './plain-text';
import { createVeil } from './veil';

/** A conversation that an agent wants a summary of, or a reply to. */
export interface DraftQuestion {
  purpose: 'summary' | 'reply';
  conversationId: string;
  locale: 'zh' | 'en';
  /** Oldest first. */
  transcript: { from: 'customer' | 'bot' | 'agent'; text: string }[];
  /** Beside the transcript: what the agent sees of slots, orders and tests. */
  facts: string[];
  /** Knowledge that a reply may rest on. */
  passages: { title: string; text: string }[];
  names: (string | null)[];
  findEntities: (text: string) => Entity[];
}

/** Writes for an agent. Sentences with facts that nothing states are left out; with none left it is `dropped`. */
export type Draft = (question: DraftQuestion) => Promise<Drafted>;

const LINES = 60;
const LINE_LIMIT = 500;
const SENTENCES = 12;
const TOKENS = { summary: 500, reply: 300 } as const;
const LIMIT = { summary: 1500, reply: 600 } as const;

const draftSchema = z.strictObject({ sentences: z.array(z.string()) });

export function createDraft(options: { model: LanguageModel; counts: ModelCounts; withinMs: number }): Draft {
  const { model, counts, withinMs } = options;
  return async ({ purpose, conversationId, locale, names, findEntities, ...asked }) => {
    const veil = createVeil(findEntities, names);
    const transcript = asked.transcript
      .slice(-LINES)
      .map(({ from, text }) => ({ from, text: text.slice(0, LINE_LIMIT) }));
    const answer = await model.ask({
      purpose,
      subject: conversationId,
      instructions: instructionsOf[purpose],
      material: {
        language: locale,
        transcript: transcript.map(({ from, text }) => ({ from, text: veil.hide(text) })),
        facts: asked.facts.map(veil.hide),
        passages: asked.passages,
      },
      schema: draftSchema,
      maxTokens: TOKENS[purpose],
      withinMs,
    });
    if (answer.status !== 'answered') return { status: answer.status };
    const sources = [
      ...transcript.map(({ text }) => text),
      ...asked.facts,
      ...asked.passages.map(({ title, text }) => `${title}\n${text}`),
    ];
    const kept = answer.value.sentences.slice(0, SENTENCES).flatMap((written) => {
      const text = veil.restore(written.trim().slice(0, LINE_LIMIT));
      const isGood =
        text !== null && text !== '' && isPlainText(text) && unknownFacts(text, sources).length === 0;
      return isGood ? [text] : [];
    });
    const lost = answer.value.sentences.length - kept.length;
    if (lost > 0) counts.add('dropped.sentence', lost);
    const text = kept.join(purpose === 'summary' ? '\n' : ' ').slice(0, LIMIT[purpose]);
    if (text === '') return { status: 'dropped' };
    counts.add(`used.${purpose}`);
    return { status: 'drafted', draft: { text, writtenBy: 'model' } };
  };
}
