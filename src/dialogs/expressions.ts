import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { DialogContext, DialogState, Frame } from '../contract/dialog';
import { AppError, messageOf } from '../errors';
import type { Dialog } from './schema';

type Compiled = (variables: Record<string, unknown>) => unknown;

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
});

/** All that may be called. `matches` is left out: its patterns are not linear in time. */
const FUNCTIONS = new Set('has size int double string contains startsWith endsWith'.split(' '));
/** Walk a list; never one within another. */
const MACROS = new Set('exists all filter map exists_one'.split(' '));

const compiled = new Map<string, Compiled>();
const COMPILED_LIMIT = 2000;

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value;

function checkNode(node: ASTNode, isInMacro: boolean): void {
  const isCall = node.op === 'call' || node.op === 'rcall';
  const name = isCall ? String(node.args[0]) : '';
  const isMacro = MACROS.has(name);
  if (isCall && !isMacro && !FUNCTIONS.has(name)) throw new Error(`"${name}" may not be called`);
  if (isMacro && isInMacro) throw new Error(`"${name}" may not stand within another walk over a list`);
  const parts = [node.args].flat(3) as unknown[];
  for (const part of parts) if (isNode(part)) checkNode(part, isInMacro || isMacro);
}

/** Throws with the reason when the text is no expression, or one that may not be used. */
export function compileExpression(text: string): Compiled {
  const found = compiled.get(text);
  if (found) return found;
  const parsed = environment.parse(text);
  checkNode(parsed.ast, false);
  if (compiled.size >= COMPILED_LIMIT) compiled.clear();
  compiled.set(text, parsed);
  return parsed;
}

/** CEL counts in 64 bits; what leaves it is plain JSON. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, part]) => [String(key), plain(part)]));
  return value;
};

/** What expressions and texts may see: every slot (null when empty), the customer, the time. */
export function variablesOf(
  dialog: Dialog | undefined,
  frame: Frame | undefined,
  state: DialogState,
  context: DialogContext,
): Record<string, unknown> {
  const empty = Object.fromEntries(Object.keys(dialog?.slots ?? {}).map((name) => [name, null]));
  const below = frame ? state.frames[state.frames.indexOf(frame) - 1] : undefined;
  return {
    slots: { ...empty, ...frame?.slots },
    customer: context.customer ?? { id: null, name: null, phone: null, accounts: [] },
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
