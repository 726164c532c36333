import type { ExampleHint } from '../../../understanding/example-index';
import type { Variant } from '../../../understanding/variants';

/** What the worker beside the page is told and asked; `know` comes first, and again after every change. */
export type HintTask =
  | { type: 'know'; examples: { text: string; intent: string }[]; lexicon: string | null }
  | { type: 'hints'; id: number; text: string; intent: string; except?: string }
  | { type: 'variants'; id: number; intent: string; shown: string[]; limit: number };

export type HintAnswer =
  | { type: 'hints'; id: number; hints: ExampleHint[] }
  | { type: 'variants'; id: number; variants: Variant[] };
