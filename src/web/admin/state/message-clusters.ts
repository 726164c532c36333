import type { LearnableMessage } from '../../../contract/content-messages';

/** Messages that are like each other, the most frequent first. */
export interface MessageCluster {
  /** Of the first of them. */
  key: string;
  /** The intent that customers chose most often; null when nobody chose one. */
  chosen: string | null;
  /** What they were taken for most often; null for what was not understood. */
  understood: string | null;
  /** Under what agents filed them most often. */
  filed: LearnableMessage['filed'];
  count: number;
  messages: LearnableMessage[];
}

/** Two messages with so much in common say the same, as a rule. */
const LIKE = 0.4;

/** What stands in the place of personal data: `[电话]`. */
const MASKS = /\[[^\][]*\]/g;

/** A message as an example: what was masked teaches nothing. */
export const exampleOf = (text: string): string => text.replace(MASKS, ' ').replace(/\s+/g, ' ').trim();

/** Pairs of characters, marks and spaces left out: what is left of a message when words cannot be told apart. */
function pairsOf(text: string): Set<string> {
  const bare = exampleOf(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < bare.length; i += 1) pairs.add(bare.slice(i, i + 2));
  return pairs.size > 0 ? pairs : new Set([bare]);
}

/** The share of pairs that two messages have in common: 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of a) if (b.has(pair)) common += 1;
  return (2 * common) / (a.size + b.size);
}

const sumOf = (messages: readonly LearnableMessage[]): number =>
  messages.reduce((sum, { count }) => sum + count, 0);

/** What is said of most of them; null when it is said of none. */
function mostOf(
  messages: readonly LearnableMessage[],
  of: (message: LearnableMessage) => string | null,
): string | null {
  const counts = new Map<string, number>();
  for (const message of messages) {
    const said = of(message);
    if (said !== null) counts.set(said, (counts.get(said) ?? 0) + message.count);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function filedIn(messages: readonly LearnableMessage[]): LearnableMessage['filed'] {
  const most = mostOf(messages, ({ filed }) => filed?.zh ?? null);
  return messages.find(({ filed }) => filed !== null && filed.zh === most)?.filed ?? null;
}

/**
 * Puts messages together that are like the first of a cluster; in the order in which they come, so that the most frequent
 * begin one. The largest clusters come first.
 */
export function clusterMessages(messages: readonly LearnableMessage[]): MessageCluster[] {
  const found: { pairs: Set<string>; messages: LearnableMessage[] }[] = [];
  for (const message of messages) {
    const pairs = pairsOf(message.text);
    const likes = found.map((cluster) => likeness(cluster.pairs, pairs));
    const best = likes.indexOf(Math.max(...likes));
    const cluster = found[best];
    if (cluster && (likes[best] ?? 0) >= LIKE) cluster.messages.push(message);
    else found.push({ pairs, messages: [message] });
  }
  return found
    .map(({ messages: own }) => ({
      key: own[0]?.key ?? '',
      chosen: mostOf(own, ({ chosen }) => chosen),
      understood: mostOf(own, ({ understood }) => understood),
      filed: filedIn(own),
      count: sumOf(own),
      messages: own,
    }))
    .sort((a, b) => b.count - a.count);
}
