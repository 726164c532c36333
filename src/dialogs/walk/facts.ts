import type { ASTNode } from '@marcbachmann/cel-js';
import { astOf } from '../expressions';

/**
 * What an expression says about slots being filled. `slots.a.b` fails where `slots.a` is null, so whoever reads it must
 * have asked before, or come by a way on which the slot was filled.
 */
export type Filled = ReadonlySet<string>;

const NOTHING: Filled = new Set();
const both = (a: Filled, b: Filled): Filled => new Set([...a, ...b]);
const common = (a: Filled, b: Filled): Filled => new Set([...a].filter((name) => b.has(name)));

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value;
const partsOf = (node: ASTNode): ASTNode[] => ([node.args].flat(3) as unknown[]).filter(isNode);

/** The name in `slots.name`; null for everything else. */
function slotOf(node: ASTNode | undefined): string | null {
  if (node?.op !== '.') return null;
  const [of, name] = node.args;
  return of.op === 'id' && of.args === 'slots' ? String(name) : null;
}

const isNull = (node: ASTNode): boolean => node.op === 'value' && node.args === null;

/** Slots that are filled for sure when the expression came to this. */
function knownWhen(node: ASTNode, isTrue: boolean): Filled {
  const parts = partsOf(node);
  const [a, b] = parts;
  switch (node.op) {
    case '&&':
    case '||': {
      if (!a || !b) return NOTHING;
      const [left, right] = [knownWhen(a, isTrue), knownWhen(b, isTrue)];
      return (node.op === '&&') === isTrue ? both(left, right) : common(left, right);
    }
    case '!_':
      return a ? knownWhen(a, !isTrue) : NOTHING;
    case '==':
    case '!=': {
      if (!a || !b) return NOTHING;
      const name = slotOf(a) ?? slotOf(b);
      if (name === null) return NOTHING;
      const isWithNull = isNull(a) || isNull(b);
      const isEqual = (node.op === '==') === isTrue;
      return isWithNull !== isEqual ? new Set([name]) : NOTHING;
    }
    case 'in':
      // News names slots that the message has just filled.
      return isTrue && a?.op === 'value' && typeof a.args === 'string' && b?.op === 'id' && b.args === 'news'
        ? new Set([a.args])
        : NOTHING;
    default: {
      const name = slotOf(node);
      return name !== null && isTrue ? new Set([name]) : NOTHING;
    }
  }
}

export const filledWhen = (text: string, isTrue: boolean): Filled => knownWhen(astOf(text), isTrue);

const COMPARING = new Set(['<', '<=', '>', '>=', '+', '-', '*', '/', '[]']);

/** Slots that the expression reads into, compares or counts with although they may be null. */
export function readsUnfilled(text: string, filled: Filled): string[] {
  const found = new Set<string>();
  walk(astOf(text), filled, found);
  return [...found];
}

function walk(node: ASTNode, filled: Filled, found: Set<string>): void {
  const parts = partsOf(node);
  const need = (part: ASTNode | undefined) => {
    const name = slotOf(part);
    if (name !== null && !filled.has(name)) found.add(name);
  };
  const [a, b, c] = parts;
  switch (node.op) {
    case '&&':
    case '||':
      if (a) walk(a, filled, found);
      if (a && b) walk(b, both(filled, knownWhen(a, node.op === '&&')), found);
      return;
    case '?:':
      if (a) walk(a, filled, found);
      if (a && b) walk(b, both(filled, knownWhen(a, true)), found);
      if (a && c) walk(c, both(filled, knownWhen(a, false)), found);
      return;
    case '.':
      need(a);
      break;
    case 'in':
      need(b);
      break;
    case 'call':
      if (node.args[0] === 'size') need(a);
      break;
    case 'rcall':
      need(a);
      break;
    default:
      if (COMPARING.has(node.op)) for (const part of parts) need(part);
  }
  for (const part of parts) walk(part, filled, found);
}

/** True when the expression comes to a value in any case; what lies within a filled slot counts as one. */
export const isAlwaysFilled = (text: string, filled: Filled): boolean => hasValue(astOf(text), filled);

function hasValue(node: ASTNode, filled: Filled): boolean {
  if (isNull(node)) return false;
  const name = slotOf(node);
  if (name !== null) return filled.has(name);
  if (node.op === '?:') {
    const [condition, yes, no] = partsOf(node);
    if (!condition || !yes || !no) return false;
    return (
      hasValue(yes, both(filled, knownWhen(condition, true))) &&
      hasValue(no, both(filled, knownWhen(condition, false)))
    );
  }
  if (node.op === '.') return rootOf(node) !== 'customer';
  return node.op !== 'id' || node.args !== 'intentName';
}

function rootOf(node: ASTNode): string | null {
  if (node.op === 'id') return node.args;
  const [first] = partsOf(node);
  return node.op === '.' && first ? rootOf(first) : null;
}
