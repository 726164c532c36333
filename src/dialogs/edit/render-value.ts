const PLAIN = /^[\p{L}_][\p{L}\p{N}_\-./?!，。？！：；、（）“”《》 +%]*$/u;
/** What YAML, or an older YAML, reads as something else than a word. */
const RESERVED = /^(?:true|false|yes|no|on|off|null|y|n|~)$/i;
const WIDTH = 100;

/** A text as a scalar: bare where that is safe anywhere, else in quotes. */
export function scalarOf(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  const isPlain = PLAIN.test(value) && !RESERVED.test(value) && !value.endsWith(' ') && !value.includes(' -');
  return isPlain ? value : JSON.stringify(value);
}

const isScalarValue = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A value on one line, with brackets. */
export function flowOf(value: unknown): string {
  if (isScalarValue(value)) return scalarOf(value);
  if (Array.isArray(value)) return `[${value.map(flowOf).join(', ')}]`;
  const pairs = Object.entries(value as object).filter(([, part]) => part !== undefined);
  if (pairs.length === 0) return '{}';
  return `{ ${pairs.map(([key, part]) => `${scalarOf(key)}: ${flowOf(part)}`).join(', ')} }`;
}

const depthOf = (value: unknown): number =>
  isScalarValue(value)
    ? 0
    : 1 + Math.max(0, ...Object.values(value as object).map((part: unknown) => depthOf(part)));

const isOneLine = (value: unknown, indent: number): boolean =>
  depthOf(value) < 2 && indent + flowOf(value).length <= WIDTH;

const space = (indent: number): string => ' '.repeat(indent);

/** The lines of a map, each at the indent, without a last line break. */
export function blockOf(value: object, indent: number): string {
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([key, part]) => space(indent) + pairOf(key, part, indent))
    .join('\n');
}

/** `key: value`, what goes on further lines below its key. */
export function pairOf(key: string, value: unknown, indent: number): string {
  const name = scalarOf(key);
  if (typeof value === 'string' && /\n./.test(value)) return `${name}: ${literalOf(value, indent + 2)}`;
  if (isScalarValue(value) || isOneLine(value, indent + name.length + 2)) return `${name}: ${flowOf(value)}`;
  if (Array.isArray(value)) return `${name}:\n${value.map((item) => itemOf(item, indent + 2)).join('\n')}`;
  return `${name}:\n${blockOf(value as object, indent + 2)}`;
}

/** An item of a list, from its dash on. */
export function itemOf(value: unknown, indent: number): string {
  const dash = `${space(indent)}- `;
  const isShort = isScalarValue(value) || Array.isArray(value) || Object.keys(value as object).length < 3;
  if (isShort && isOneLine(value, indent + 2)) return dash + flowOf(value);
  if (Array.isArray(value)) return dash + flowOf(value);
  return dash + blockOf(value as object, indent + 2).slice(indent + 2);
}

/** A text of several lines as it reads. */
function literalOf(value: string, indent: number): string {
  const isSafe = !/^[ \n]|\n$|[^\S\n]\n|\r|\t/.test(value);
  if (!isSafe) return JSON.stringify(value);
  return `|-\n${value
    .split('\n')
    .map((line) => (line === '' ? '' : space(indent) + line))
    .join('\n')}`;
}
