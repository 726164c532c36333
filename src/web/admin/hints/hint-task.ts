import type { ExampleHint } from '../../../understanding/example-index';

/** A message of customers that a cluster is made of. */
export interface ClusterMessage {
  text: string;
  count: number;
}

/** What the worker beside the page is asked; `know` comes first, and again after every change. */
export type HintTask =
  | { type: 'know'; examples: { text: string; intent: string }[]; lexicon: string | null }
  | { type: 'hints'; id: number; text: string; intent: string; except?: string }
  | { type: 'cluster'; id: number; messages: ClusterMessage[] };

/** Messages that belong together, the most frequent first; the intent whose examples are most alike, when one is. */
export interface FoundCluster {
  messages: ClusterMessage[];
  intent: string | null;
}
export type HintAnswer =
  | { type: 'hints'; id: number; hints: ExampleHint[] }
  | { type: 'cluster'; id: number; clusters: FoundCluster[] };
