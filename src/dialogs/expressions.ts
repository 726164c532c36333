import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { DialogContext, DialogState, Frame } from '../contract/dialog';
import { AppError, messageOf } from '../errors';
import { matchPlace } from './match-place';
import type { Dialog } from './schema';

/** An expression that an admin wrote can neither be large nor walk lists in lists: it ends in microseconds. */
const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: 200,
    maxDepth: 24,
    maxListElements: 32,
    maxMapEntries: 16,
    maxCallArguments: 4,
  },
}).registerFunction('matchPlace(dyn, dyn): string', matchPlace);

/** All that may be called. `matches` is left out: its patterns are not linear in time. */
const FUNCTIONS = new Set('has size int double string contains startsWith endsWith matchPlace'.split(' '));
/** Walk a list; never one within another. */
const MACROS = new Set('exists all filter map exists_one'.split(' '));

const compiled = new Map<string, ParseResult>();
const COMPILED_LIMIT = 2000;

/** Names that every expression may use. */
export const VARIABLES: readonly string[] = [
  'slots',
  'customer',
  'orders',
  'channel',
  'locale',
  'now',
  'isStaffed',
  'openDialog',
  'intentName',
];

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value;

const partsOf = (node: ASTNode): ASTNode[] => ([node.args].flat(3) as unknown[]).filter(isNode);

/** The variable of a walk over a list: `o` in `orders.exists(o, …)`. */
function iteratorOf(node: ASTNode): string | null {
  if (node.op !== 'rcall' || !MACROS.has(node.args[0])) return null;
  const first = node.args[2][0];
  return first?.op === 'id' ? first.args : null;
}

function checkNode(node: ASTNode, known: ReadonlySet<string>, isInMacro: boolean): void {
  const isCall = node.op === 'call' || node.op === 'rcall';
  const name = isCall ? String(node.args[0]) : '';
  const isMacro = MACROS.has(name);
  if (isCall && !isMacro && !FUNCTIONS.has(name)) throw new Error(`"${name}" may not be called`);
  if (isMacro && isInMacro) throw new Error(`"${name}" may not stand within another walk over a list`);
  if (node.op === 'id' && !known.has(node.args)) throw new Error(`there is no variable "${node.args}"`);
  const iterator = iteratorOf(node);
  const inner = iterator === null ? known : new Set([...known, iterator]);
  for (const part of partsOf(node)) checkNode(part, inner, isInMacro || isMacro);
}

/** Throws with the reason when the text is no expression, or one that may not be used. */
export function checkExpression(text: string, extra: readonly string[] = []): void {
  checkNode(compileExpression(text).ast, new Set([...VARIABLES, ...extra]), false);
}

/** The tree of an expression, for whoever reasons about it; throws when the text is none. */
export const astOf = (text: string): ASTNode => compileExpression(text).ast;

/** Slots that an expression reads as `slots.name`. */
export function slotsReadBy(text: string): string[] {
  const found = new Set<string>();
  const walk = (node: ASTNode) => {
    if (node.op === '.' && node.args[0].op === 'id' && node.args[0].args === 'slots') found.add(node.args[1]);
    partsOf(node).forEach(walk);
  };
  walk(compileExpression(text).ast);
  return [...found];
}

function compileExpression(text: string): ParseResult {
  const found = compiled.get(text);
  if (found) return found;
  const parsed = environment.parse(text);
  if (compiled.size >= COMPILED_LIMIT) compiled.clear();
  compiled.set(text, parsed);
  return parsed;
}

/** CEL counts in 64 bits; what leaves it is plain JSON. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, part]) => [String(key), plain(part)]));
};

const emptySlots = new WeakMap<Dialog, Record<string, null>>();

/** Every slot of a dialog as null; made once. */
function emptySlotsOf(dialog: Dialog | undefined): Record<string, null> {
  if (!dialog) return {};
  const known = emptySlots.get(dialog);
  if (known) return known;
  const made = Object.fromEntries(Object.keys(dialog.slots).map((name) => [name, null]));
  emptySlots.set(dialog, made);
  return made;
}

const NOBODY = {
  id: null,
  name: null,
  phone: null,
  accounts: [],
  proof: null,
  provedAt: null,
  record: null,
  helpedPhone: null,
};

/** What expressions and texts may see: every slot (null when empty), the customer, the time. */
export function variablesOf(
  dialog: Dialog | undefined,
  frame: Frame | undefined,
  state: DialogState,
  context: DialogContext,
): Record<string, unknown> {
  const below = frame ? state.frames[state.frames.indexOf(frame) - 1] : undefined;
  return {
    slots: { ...emptySlotsOf(dialog), ...frame?.slots },
    customer: { ...NOBODY, ...context.customer },
    orders: context.orders,
    channel: context.channel,
    locale: state.locale,
    now: context.now,
    isStaffed: context.isStaffed,
    /** The dialog that this one lies on, or null. */
    openDialog: below?.dialog ?? null,
  };
}

/** The value as plain JSON. Throws `bad-content` for an expression that does not fit its values. */
export function evaluate(text: string, variables: Record<string, unknown>): unknown {
  try {
    return plain(compileExpression(text)(variables));
  } catch (error) {
    const reason = messageOf(error).split('\n')[0];
    throw new AppError('bad-content', `The expression "${text}" failed: ${reason}`, { cause: error });
  }
}
