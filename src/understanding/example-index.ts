import { featuresOf } from './features';
import { type Lexicon, rewriterOf } from './lexicon';
import { overlap, TOO_SIMILAR } from './lint-intents';
import type { Example } from './model';

/**
 * An example that another is like. `repeats`: hardly differs from one of the same intent and teaches nothing more;
 * `conflicts`: reads the same as one of another intent; `near`: is close to one of another intent.
 */
export interface ExampleHint {
  type: 'repeats' | 'conflicts' | 'near';
  text: string;
  intent: string;
}

/** Examples by what they have in common; a lookup compares with all of them. */
interface ExampleIndex {
  /** The most alike first, three at most. `except` is the example that is being changed. */
  hintsOf(example: Example, except?: string): ExampleHint[];
}

/** From here on two examples of different intents are worth a look. */
const NEAR = 0.6;
const SHOWN = 3;

export function createExampleIndex(examples: readonly Example[], lexicon: Lexicon): ExampleIndex {
  const rewrite = rewriterOf(lexicon);
  const setOf = (text: string) => new Set(featuresOf(text, rewrite).keys());
  const known = examples.map((example) => ({ ...example, features: setOf(example.text) }));
  const alikes = (text: string) => {
    const features = setOf(text);
    return known.map(({ text: other, intent, features: theirs }) => ({
      text: other,
      intent,
      alike: isWithin(features.size, theirs.size) ? overlap(features, theirs) : 0,
    }));
  };
  return {
    hintsOf({ text, intent }, except) {
      if (text.trim() === '') return [];
      return alikes(text)
        .filter((other) => !(other.intent === intent && other.text === except))
        .flatMap((other) => {
          const type = typeOf(other.alike, other.intent === intent);
          return type ? [{ ...other, type }] : [];
        })
        .sort((a, b) => b.alike - a.alike)
        .slice(0, SHOWN)
        .map(({ type, text: like, intent: of }) => ({ type, text: like, intent: of }));
    },
  };
}

/** Sets of very different sizes cannot have much in common. */
const LEAST_RATIO = 0.3;
const isWithin = (a: number, b: number): boolean => Math.min(a, b) >= LEAST_RATIO * Math.max(a, b);

function typeOf(alike: number, isOwn: boolean): ExampleHint['type'] | null {
  if (isOwn) return alike >= TOO_SIMILAR ? 'repeats' : null;
  if (alike >= 1) return 'conflicts';
  return alike >= NEAR ? 'near' : null;
}
