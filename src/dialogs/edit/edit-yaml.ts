import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { AppError } from '../../errors';
import { flowOf, itemOf, pairOf, scalarOf } from './render-value';
import {
  columnOf,
  endOf,
  endOfPair,
  isFlow,
  isInFlow,
  isThere,
  lineEnd,
  lineStart,
  nodeAt,
  openYaml,
  type Path,
  putLines,
  rangeOf,
  splice,
  withComments,
} from './yaml-places';

type Pairs = Pair<Node, Node | null>[];

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The value of a text. Throws `bad-content` when it is no YAML. */
export const yamlValue = (text: string): unknown => openYaml(text).toJS();

/** The value at a path, undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null ? (part as Record<string | number, unknown>)[key] : undefined,
    value,
  );
}

/** The text when it says what it should, else null: an edit of text is never believed unread. */
function proven(text: string, path: Path, value: unknown): string | null {
  try {
    return isSame(valueAt(yamlValue(text), path), value) ? text : null;
  } catch {
    return null;
  }
}

const lost = (path: Path): AppError =>
  new AppError('bad-content', `"${path.join('.')}" cannot be changed here: change it in the YAML.`);

/**
 * Puts a value at a path; what is not there yet is added, at the place that `order` (names of keys) gives it. Throws
 * `bad-content` when that cannot be done without touching the rest.
 */
export function setIn(text: string, path: Path, value: unknown, order: readonly string[] = []): string {
  const document = openYaml(text);
  if (isSame(valueAt(document.toJS(), path), value) && value !== undefined) return text;
  if (value === undefined) return removeIn(text, path);
  if (isThere(document, path)) return replaceIn(text, path, value);
  const parent = path.slice(0, -1);
  const key = path.at(-1);
  if (key === undefined) throw lost(path);
  if (!isThere(document, parent))
    return setIn(text, parent, typeof key === 'number' ? [value] : { [key]: value }, order);
  const node = nodeAt(document, parent);
  if (isSeq(node)) return insertIn(text, parent, node.items.length, value);
  if (!isMap(node)) return setIn(text, parent, { [key]: value }, order);
  const made = addPair(text, node as YAMLMap<Node, Node | null>, { key: String(key), value, order });
  const found = proven(made, path, value);
  if (found === null) throw lost(path);
  return found;
}

function addPair(
  text: string,
  map: YAMLMap<Node, Node | null>,
  { key, value, order }: { key: string; value: unknown; order: readonly string[] },
): string {
  const after = pairBefore(map.items, key, order);
  if (!after) {
    const [from, to] = rangeOf(map, text);
    return splice(text, from, to, flowOf({ [key]: value }));
  }
  const end = endOfPair(after, text);
  if (isFlow(map)) return splice(text, end, end, `, ${scalarOf(key)}: ${flowOf(value)}`);
  const indent = columnOf(text, rangeOf(map.items[0]?.key ?? after.key, text)[0]);
  return putLines(text, lineEnd(text, end), ' '.repeat(indent) + pairOf(key, value, indent));
}

/** The pair after which a key belongs. */
function pairBefore(pairs: Pairs, key: string, order: readonly string[]): Pairs[number] | undefined {
  const place = order.indexOf(key);
  if (place < 0) return pairs.at(-1);
  const isEarlier = ({ key: other }: Pairs[number]) => {
    const at = isScalar(other) ? order.indexOf(String(other.value)) : -1;
    return at >= 0 && at < place;
  };
  return pairs.filter(isEarlier).at(-1) ?? pairs[0];
}

function replaceIn(text: string, path: Path, value: unknown): string {
  const document = openYaml(text);
  const node = nodeAt(document, path);
  if (!node?.range) throw lost(path);
  const [from, to] = rangeOf(node, text);
  const isList = typeof path.at(-1) === 'number';
  const isInside = isInFlow(document, path.slice(0, -1));
  for (const put of isInside || isList ? [flowOf(value)] : blocksFor(text, from, path, value)) {
    const found = proven(splice(text, from, to, put), path, value);
    if (found !== null) return found;
  }
  throw lost(path);
}

/** A value after its key: as the style has it, then on one line. */
function blocksFor(text: string, from: number, path: Path, value: unknown): string[] {
  const keyLine = keyLineOf(text, from, String(path.at(-1)));
  const rendered = pairOf(String(path.at(-1)), value, keyLine.indent).slice(
    scalarOf(String(path.at(-1))).length + 1,
  );
  const isBelow = keyLine.start !== lineStart(text, from);
  const sameLine = isBelow ? rendered.trimStart() : rendered.replace(/^ /, '');
  return [...(rendered.startsWith('\n') && !isBelow ? [] : [sameLine]), flowOf(value)];
}

/** The line on which the key of a value stands, and how far in the key is. */
function keyLineOf(text: string, from: number, key: string): { start: number; indent: number } {
  const at = text.lastIndexOf(key, from);
  const start = lineStart(text, at < 0 ? from : at);
  return { start, indent: at < 0 ? 0 : at - start };
}

/** Takes away what is at a path, with the comment right above it. Throws `bad-content` as {@link setIn}. */
export function removeIn(text: string, path: Path): string {
  const document = openYaml(text);
  if (!isThere(document, path)) return text;
  const parentPath = path.slice(0, -1);
  const parent = nodeAt(document, parentPath);
  const key = path.at(-1);
  if (!(isMap(parent) || isSeq(parent)) || key === undefined) throw lost(path);
  const rest = without(valueAt(document.toJS(), parentPath), key);
  if (parent.items.length === 1) return replaceIn(text, parentPath, rest);
  const spans = spansOf(text, parent as YAMLMap<Node, Node | null> | YAMLSeq<Node>);
  const at = isSeq(parent)
    ? Number(key)
    : parent.items.findIndex(({ key: each }) => isScalar(each) && String(each.value) === String(key));
  const cut = isFlow(parent) ? cutFromFlow(text, spans, at) : cutLines(text, spans, at);
  const found = cut === null ? null : proven(cut, parentPath, rest);
  if (found !== null) return found;
  // Others refer to what stands there: the list is not written anew for that.
  if (isSeq(parent) && !isFlow(parent)) throw lost(path);
  return replaceIn(text, parentPath, rest);
}

function without(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value.filter((_, i) => i !== key);
  return Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== String(key)));
}

type Span = [from: number, to: number];
const spansOf = (text: string, node: YAMLMap<Node, Node | null> | YAMLSeq<Node>): Span[] =>
  isMap(node)
    ? (node.items as Pairs).map((pair) => [rangeOf(pair.key, text)[0], endOfPair(pair, text)])
    : (node.items as Node[]).map((item) => [rangeOf(item, text)[0], endOf(item, text)]);

function cutFromFlow(text: string, spans: Span[], at: number): string | null {
  const [own, before, after] = [spans[at], spans[at - 1], spans[at + 1]];
  if (!own) return null;
  if (after) return splice(text, own[0], after[0], '');
  return before ? splice(text, before[1], own[1], '') : null;
}

function cutLines(text: string, spans: Span[], at: number): string | null {
  const own = spans[at];
  if (!own) return null;
  const start = lineStart(text, own[0]);
  // The first key of an item stands on the line of its dash; another key takes its place there.
  const lead = text.slice(start, own[0]);
  if (/-\s+$/.test(lead) && spans[at + 1] && !/^\s*-\s+$/.test(lead)) return null;
  return splice(text, withComments(text, start), lineEnd(text, own[1]), '');
}

/** Puts an item into a list, before the one that stands at `index`. */
export function insertIn(text: string, path: Path, index: number, value: unknown): string {
  const document = openYaml(text);
  const list = nodeAt(document, path);
  const before = valueAt(document.toJS(), path);
  if (list === undefined) return setIn(text, path, [value]);
  if (!isSeq(list) || !Array.isArray(before)) throw lost(path);
  const after = [...before.slice(0, index), value, ...before.slice(index)];
  if (list.items.length === 0) return replaceIn(text, path, after);
  const spans = spansOf(text, list as YAMLSeq<Node>);
  const made = isFlow(list)
    ? putInFlow(text, spans, index, flowOf(value))
    : putItem(text, spans, index, (indent) => itemOf(value, indent));
  const found = proven(made, path, after);
  if (found === null) throw lost(path);
  return found;
}

function putInFlow(text: string, spans: Span[], index: number, put: string): string {
  const next = spans[index];
  if (next) return splice(text, next[0], next[0], `${put}, `);
  const end = spans.at(-1)?.[1] ?? 0;
  return splice(text, end, end, `, ${put}`);
}

function putItem(text: string, spans: Span[], index: number, render: (indent: number) => string): string {
  const [first] = spans;
  const dash = text.lastIndexOf('-', first?.[0] ?? 0);
  const lines = render(columnOf(text, dash));
  const next = spans[index];
  const at = next
    ? withComments(text, lineStart(text, next[0]))
    : lineEnd(text, spans.at(-1)?.[1] ?? text.length);
  return putLines(text, at, lines);
}

/** Puts the lines of an item as they were written elsewhere; `lines` are those of {@link itemLines}. */
export function insertLines(text: string, path: Path, index: number, lines: string): string {
  const document = openYaml(text);
  const list = nodeAt(document, path);
  if (!isSeq(list) || isFlow(list) || list.items.length === 0) throw lost(path);
  const made = putItem(text, spansOf(text, list as YAMLSeq<Node>), index, (indent) =>
    lines
      .split('\n')
      .map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
      .join('\n'),
  );
  openYaml(made);
  return made;
}

/** The lines of an item, its comments included, as they would stand without an indent. */
export function itemLines(text: string, path: Path): string {
  const node = nodeAt(openYaml(text), path);
  if (!node) throw lost(path);
  const start = lineStart(text, rangeOf(node, text)[0]);
  const indent = /^ */.exec(text.slice(start))?.[0].length ?? 0;
  return text
    .slice(withComments(text, start), lineEnd(text, endOf(node, text)))
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)))
    .join('\n');
}

/** Gives a key another name. */
export function renameKey(text: string, path: Path, name: string): string {
  const parent = nodeAt(openYaml(text), path.slice(0, -1));
  if (!isMap(parent)) throw lost(path);
  const pair = (parent.items as Pairs).find(
    ({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)),
  );
  if (!pair) throw lost(path);
  const [from, to] = rangeOf(pair.key, text);
  return splice(text, from, to, scalarOf(name));
}
