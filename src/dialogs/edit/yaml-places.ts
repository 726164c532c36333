import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { AppError } from '../../errors';

/**
 * Changes to a file of YAML as changes of its text: only the lines of what is edited are touched, so that comments,
 * order and everything else stay as they were written. Each function takes a text and answers a text.
 */
export type Path = readonly (string | number)[];

/** The documents that were read last: one edit reads its text several times. They are never changed. */
const read = new Map<string, Document>();
const READ_LIMIT = 8;

/** The document of a text; throws `bad-content` when it is no YAML, since then no place in it is sure. */
export function openYaml(text: string): Document {
  const known = read.get(text);
  if (known) return known;
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new AppError('bad-content', `Mend the YAML first: ${error.message.split('\n')[0]}`);
  const [oldest] = read.keys();
  if (read.size >= READ_LIMIT && oldest !== undefined) read.delete(oldest);
  read.set(text, document);
  return document;
}

/** The node at a path, that of its anchor where an alias stands; undefined where there is none. */
export function nodeAt(document: Document, path: Path): Node | undefined {
  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  const found = path.reduce<unknown>(
    (node, key) => (isMap(node) || isSeq(node) ? resolved(node.get(key, true)) : undefined),
    resolved(document.contents),
  );
  return isNode(found) ? found : undefined;
}

/** What is there may be empty, and is there all the same. */
export function isThere(document: Document, path: Path): boolean {
  if (path.length === 0) return true;
  const parent = nodeAt(document, path.slice(0, -1));
  return (isMap(parent) || isSeq(parent)) && parent.has(path.at(-1));
}

/** Where a node's own text begins and ends, without what follows it on the line. */
export function rangeOf(node: Node, text: string): [from: number, to: number] {
  const [from = 0, to = from] = node.range ?? [];
  return [from, trimmedEnd(text, from, to)];
}

/** A block scalar ends after its line break. */
function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** Where the last thing below a node ends. */
export function endOf(node: Node | null | undefined, text: string): number {
  if (!node) return 0;
  if (isScalar(node) || isAlias(node) || isFlow(node)) return rangeOf(node, text)[1];
  const last = isMap(node) || isSeq(node) ? node.items.at(-1) : undefined;
  if (!last) return rangeOf(node, text)[1];
  return isMap(node) ? endOfPair(last as Pair<Node, Node | null>, text) : endOf(last as Node, text);
}

export const endOfPair = ({ key, value }: Pair<Node, Node | null>, text: string): number => {
  // An empty value has a place of its own, after the colon.
  const end = Math.max(endOf(value, text), rangeOf(key, text)[1]);
  return text[end] === ':' ? end + 1 : end;
};

export const isFlow = (node: Node | undefined): boolean => (isMap(node) || isSeq(node)) && node.flow === true;

/** Whether a node stands inside brackets, its own included. */
export const isInFlow = (document: Document, path: Path): boolean =>
  path.some((_, i) => isFlow(nodeAt(document, path.slice(0, i)))) || isFlow(nodeAt(document, path));

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** The place after the line break of the line. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

export const columnOf = (text: string, at: number): number => at - lineStart(text, at);

/** The start of the comment lines that stand right above a line, at its indent: they speak of it. */
export function withComments(text: string, start: number): number {
  const indent = /^ */.exec(text.slice(start))?.[0] ?? '';
  let at = start;
  while (at > 0) {
    const above = lineStart(text, at - 1);
    const line = text.slice(above, at);
    if (!line.startsWith(`${indent}#`)) break;
    at = above;
  }
  return at;
}

export const splice = (text: string, from: number, to: number, put: string): string =>
  text.slice(0, from) + put + text.slice(to);

/** Puts whole lines at the start of a line, or after a last line that has no line break. */
export function putLines(text: string, at: number, lines: string): string {
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return splice(text, at, at, isOpen ? `\n${lines}` : `${lines}\n`);
}
