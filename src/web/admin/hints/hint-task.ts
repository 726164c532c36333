import type { ExampleHint } from '../../../understanding/example-index';

/** What the worker beside the page is told and asked; `know` comes first, and again after every change. */
export type HintTask =
  | { type: 'know'; examples: { text: string; intent: string }[]; lexicon: string | null }
  | { type: 'hints'; id: number; text: string; intent: string; except?: string };

export interface HintAnswer {
  id: number;
  hints: ExampleHint[];
}
