import {
  type Command,
  type ConversationState,
  commandSchema,
  conversationStateSchema,
  type Entry,
  entrySchema,
  STATE_SCHEMA,
} from '../contract/conversation';
import { AppError } from '../errors';

/**
 * State evolves: each function leads from one schema version to the next, and is never changed once released.
 * `test/turns/fixtures/` holds one stored state of every released version.
 */
const upcasts: Record<number, (state: Record<string, unknown>) => Record<string, unknown>> = {};

/** Reads a stored state of any released version; null for a new conversation. */
export function upcastState(json: string): ConversationState | null {
  if (json === '') return null;
  return conversationStateSchema.parse(upcastTo(JSON.parse(json), STATE_SCHEMA, upcasts));
}

export const upcastEntry = (value: unknown): Entry => entrySchema.parse(value);

export const upcastCommand = (json: string): Command => commandSchema.parse(JSON.parse(json));

/** Applies the steps one by one. Throws `unavailable` for a state that a newer version wrote. */
export function upcastTo(
  state: Record<string, unknown>,
  target: number,
  steps: Record<number, (state: Record<string, unknown>) => Record<string, unknown>>,
): Record<string, unknown> {
  const version = Number(state.schema);
  if (version === target) return state;
  const step = steps[version];
  if (version > target || !step) {
    throw new AppError(
      'unavailable',
      `This version cannot read a state of schema ${version}; update this node.`,
    );
  }
  return upcastTo({ ...step(state), schema: version + 1 }, target, steps);
}
