import { featuresOf } from './features';
import type { IntentFile } from './intent-file';
import { type Lexicon, rewriterOf } from './lexicon';

/** Something in `intents/` that makes the classifier worse; `remedy` says what to do. */
export interface IntentWarning {
  intent: string;
  message: string;
  remedy: string;
}

/** Fewer examples of a language leave wordings out. */
const LEAST = { zh: 40, en: 20 } as const;
/** Two examples of an intent that share so many of their features teach little more than one. */
export const TOO_SIMILAR = 0.9;
/** Share of an intent's examples that may have such a twin. */
const SIMILAR_SHARE = 0.25;
/** An intent with so many times the median of examples pulls messages from the others. */
const UNBALANCED = 3;

const LANGUAGES = ['zh', 'en'] as const;
const allOf = ({ examples: { zh, en } }: IntentFile): string[] => [...zh, ...en];

function findTooFew(intents: IntentFile[]): IntentWarning[] {
  return intents.flatMap(({ id, examples }) =>
    LANGUAGES.filter((language) => examples[language].length < LEAST[language]).map((language) => ({
      intent: id,
      message: `has ${examples[language].length} examples in ${language}`,
      remedy: `write at least ${LEAST[language]}`,
    })),
  );
}

/** What two examples come down to once the lexicon and the spelling are set aside. */
export const keyOf = (text: string, rewrite: (text: string) => string): string =>
  [...featuresOf(text, rewrite).keys()].sort().join(' ');

function findDuplicates(intents: IntentFile[], rewrite: (text: string) => string): IntentWarning[] {
  const owners = new Map<string, { intent: string; text: string }>();
  return intents.flatMap((intent) =>
    allOf(intent).flatMap((text): IntentWarning[] => {
      const key = keyOf(text, rewrite);
      const owner = owners.get(key);
      if (!owner) owners.set(key, { intent: intent.id, text });
      if (!owner || owner.intent === intent.id) return [];
      const message = `"${text}" reads like "${owner.text}" of ${owner.intent}`;
      return [{ intent: intent.id, message, remedy: 'keep one of them, where it belongs' }];
    }),
  );
}

/** Share of the features of two examples that both have. */
export function overlap(a: Set<number>, b: Set<number>): number {
  let both = 0;
  for (const each of a) if (b.has(each)) both += 1;
  return both / Math.max(a.size + b.size - both, 1);
}

function findTooSimilar(intents: IntentFile[], rewrite: (text: string) => string): IntentWarning[] {
  return intents.flatMap((intent): IntentWarning[] => {
    const sets = allOf(intent).map((text) => new Set(featuresOf(text, rewrite).keys()));
    const twins = sets.filter((set, i) =>
      sets.some((other, j) => j < i && overlap(set, other) >= TOO_SIMILAR),
    );
    if (twins.length <= SIMILAR_SHARE * sets.length) return [];
    return [
      {
        intent: intent.id,
        message: `${twins.length} of ${sets.length} examples hardly differ from another`,
        remedy: 'replace them by other wordings',
      },
    ];
  });
}

function findUnbalanced(intents: IntentFile[]): IntentWarning[] {
  const inScope = intents.filter(({ role }) => role !== 'outside');
  const sizes = inScope.map((intent) => allOf(intent).length).sort((a, b) => a - b);
  const median = sizes[sizes.length >> 1] ?? 0;
  return inScope.flatMap((intent): IntentWarning[] => {
    const count = allOf(intent).length;
    if (count <= UNBALANCED * median && count * UNBALANCED >= median) return [];
    const message = `has ${count} examples, the median is ${median}`;
    return [{ intent: intent.id, message, remedy: 'bring it nearer to the others' }];
  });
}

/** Duplicates across intents, too few or too similar examples, unbalanced intents. */
export function lintIntents(intents: IntentFile[], lexicon: Lexicon): IntentWarning[] {
  const rewrite = rewriterOf(lexicon);
  return [
    ...findTooFew(intents),
    ...findDuplicates(intents, rewrite),
    ...findTooSimilar(intents, rewrite),
    ...findUnbalanced(intents),
  ];
}
