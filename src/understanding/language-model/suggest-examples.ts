import { z } from 'zod';
import type { Recognizer } from '../../contract/understanding';
import { featuresOf } from '../features';
import type { IntentFile } from '../intent-file';
import { type Lexicon, rewriterOf } from '../lexicon';
import { keyOf, overlap, TOO_SIMILAR } from '../lint-intents';
import { instructionsOf } from './instructions';
import type { LanguageModel, ModelAnswer } from './language-model';

/** A message that the model made up for an intent, and what is wrong with it. */
export interface Candidate {
  text: string;
  /**
   * `repeats`: stands among the examples already, or reads like one of another intent; `too-similar`: hardly differs
   * from another example; `reads-as`: the classifier takes it for another intent, without a doubt; `personal`: holds
   * a number or a placeholder. Null: worth a look.
   */
  problem: 'repeats' | 'too-similar' | 'reads-as' | 'personal' | null;
  /** What it repeats or reads as. */
  of: string | null;
}

/** What candidates are held against. */
export interface Surroundings {
  intents: IntentFile[];
  lexicon: Lexicon;
  recognizer: Recognizer;
}

const SHOWN_EXAMPLES = 30;
const TOKENS_EACH = 60;
const WITHIN_MS = 60_000;
const LONGEST = 200;
const PERSONAL = /\d{5,}|[⟦⟧]|@/;

const allOf = ({ examples: { zh, en } }: IntentFile): string[] => [...zh, ...en];

/** Judges what the model wrote, in its order; what repeats an earlier candidate counts as repeating. */
export function judgeCandidates(
  texts: string[],
  intent: IntentFile,
  { intents, lexicon, recognizer }: Surroundings,
): Candidate[] {
  const rewrite = rewriterOf(lexicon);
  const owners = new Map(
    intents.flatMap((each) => allOf(each).map((text) => [keyOf(text, rewrite), each.id] as const)),
  );
  const sets = allOf(intent).map((text) => ({ text, features: new Set(featuresOf(text, rewrite).keys()) }));

  function judge(text: string): Omit<Candidate, 'text'> {
    const owner = owners.get(keyOf(text, rewrite));
    if (owner !== undefined) return { problem: 'repeats', of: owner };
    if (PERSONAL.test(text)) return { problem: 'personal', of: null };
    const features = new Set(featuresOf(text, rewrite).keys());
    const twin = sets.find((other) => overlap(features, other.features) >= TOO_SIMILAR);
    if (twin) return { problem: 'too-similar', of: twin.text };
    const [best] = recognizer.recognize(text).intents;
    return best && best.intent !== intent.id
      ? { problem: 'reads-as', of: best.intent }
      : { problem: null, of: null };
  }

  return texts.map((text) => {
    const judged = judge(text);
    owners.set(keyOf(text, rewrite), intent.id);
    sets.push({ text, features: new Set(featuresOf(text, rewrite).keys()) });
    return { text, ...judged };
  });
}

const messagesSchema = z.strictObject({ messages: z.array(z.string()) });

/** Asks for new messages that mean an intent; nothing of it is written anywhere. */
export async function suggestExamples(
  model: LanguageModel,
  { intent, language, count }: { intent: IntentFile; language: 'zh' | 'en'; count: number },
  surroundings: Surroundings,
): Promise<ModelAnswer<Candidate[]>> {
  const others = surroundings.intents.filter(({ id, role }) => id !== intent.id && role !== 'outside');
  const answer = await model.ask({
    purpose: 'examples',
    subject: `intents:${intent.id}`,
    instructions: instructionsOf.examples,
    material: {
      intent: { id: intent.id, name: intent.name[language] },
      language,
      count,
      examples: intent.examples[language].slice(0, SHOWN_EXAMPLES),
      otherIntents: Object.fromEntries(others.map(({ id, name }) => [id, name[language]])),
    },
    schema: messagesSchema,
    maxTokens: count * TOKENS_EACH,
    withinMs: WITHIN_MS,
  });
  if (answer.status !== 'answered') return answer;
  const texts = answer.value.messages.map((text) => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST));
  const value = judgeCandidates(texts.filter(Boolean).slice(0, count), intent, surroundings);
  return { status: 'answered', value };
}
