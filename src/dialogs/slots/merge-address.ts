import { isFilled } from '../turn';

const ADDRESS_ORDER = [
  'province',
  'city',
  'district',
  'town',
  'road',
  'number',
  'community',
  'building',
  'unit',
  'floor',
  'room',
] as const;

export const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** A number belongs to its road; without one, to the village or estate before it. */
const orderOf = ({ road }: Record<string, unknown>): readonly string[] =>
  road
    ? ADDRESS_ORDER
    : ADDRESS_ORDER.flatMap((name) =>
        name === 'number' ? [] : name === 'community' ? [name, 'number'] : [name],
      );

/** An address read from parts that were said at different times. */
function joinAddress(parts: Record<string, unknown>): Record<string, unknown> {
  const isEnglish = /[a-z]{3}/i.test(String(parts.road ?? parts.building ?? ''));
  // What only follows from a street or an estate is known, but not repeated to the customer.
  const inferred = Array.isArray(parts.inferred) ? parts.inferred : [];
  const said = orderOf(parts).filter((name) => !inferred.includes(name));
  const words = said.flatMap((name) => (parts[name] ? [String(parts[name])] : []));
  return { ...parts, full: words.join(isEnglish ? ', ' : '') };
}

const LINE_PARTS: [string, RegExp][] = [
  ['building', /[0-9a-z]{1,4}\s*(?:号楼|栋|幢|座)/iu],
  ['unit', /[0-9a-z]{1,4}\s*单元/iu],
  ['room', /\d{3,4}(?:室|房)?$/u],
];

/** The operator's own line of text has no parts: what was said is changed within the line. */
function patchLine(line: string, after: Record<string, unknown>): Record<string, unknown> {
  const full = LINE_PARTS.reduce((text, [name, pattern]) => {
    const part = after[name];
    if (!part) return text;
    return pattern.test(text) ? text.replace(pattern, () => String(part)) : `${text}${part}`;
  }, line);
  return { full };
}

/** A correction changes only the parts that were said; without one only what was missing is added. */
export function mergeAddress(old: unknown, fresh: unknown, mayChange: boolean): Record<string, unknown> {
  const [before, after] = [asRecord(old), asRecord(fresh)];
  const isElsewhere = ['road', 'community'].some((name) => after[name] && after[name] !== before[name]);
  const isLine = typeof before.full === 'string' && Object.keys(before).length === 1;
  if (!isFilled(old)) return joinAddress(after);
  if (isElsewhere && (before.road || before.community || isLine))
    return mayChange ? joinAddress(after) : before;
  if (isLine) return mayChange ? patchLine(String(before.full), after) : before;
  return joinAddress(mayChange ? { ...before, ...after } : { ...after, ...before });
}

/** True when all that was known still stands and something was added. */
export function isAddition(old: unknown, value: unknown): boolean {
  const [before, after] = [asRecord(old), asRecord(value)];
  const parts = Object.keys(before).filter((name) => !['full', 'area', 'inferred'].includes(name));
  return parts.length > 0 && 'full' in after && parts.every((name) => before[name] === after[name]);
}
