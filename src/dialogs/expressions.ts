import { Environment } from '@marcbachmann/cel-js';
import type { DialogContext, DialogState, Frame } from '../contract/dialog';
import type { Dialog } from './schema';

type Compiled = (variables: Record<string, unknown>) => unknown;

const environment = new Environment({ unlistedVariablesAreDyn: true });
const compiled = new Map<string, Compiled>();

/** Throws with CEL's message when the text is no expression. */
export function compileExpression(text: string): Compiled {
  const found = compiled.get(text);
  if (found) return found;
  const parsed = environment.parse(text);
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
  return {
    slots: { ...empty, ...frame?.slots },
    customer: context.customer ?? { id: null, name: null, phone: null, accounts: [] },
    orders: context.orders,
    channel: context.channel,
    locale: state.locale,
    now: context.now,
    isStaffed: context.isStaffed,
  };
}

export const evaluate = (text: string, variables: Record<string, unknown>): unknown =>
  plain(compileExpression(text)(variables));
