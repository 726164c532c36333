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
 * Stored things evolve: each step leads from one schema version to the next, and is never changed once released.
 * `test/turns/fixtures/` holds what every released version has stored.
 */
export type Upcasts = Record<number, (stored: Stored) => Stored>;
type Stored = Record<string, unknown>;

const same = (stored: Stored): Stored => stored;

const states: Upcasts = {
  // Clocks of a wait that had begun begin with the next turn, from when the wait began.
  1: (stored) => ({ ...stored, clocks: [], policiesHash: null, stuckTurns: 0 }),
};
const entries: Upcasts = { 1: same };
const commands: Upcasts = { 1: same };
const activities: Upcasts = { 1: same };
const facts: Upcasts = { 1: same };

/** Reads a stored state of any released version; null for a new conversation. */
export function upcastState(json: string): ConversationState | null {
  if (json === '') return null;
  return conversationStateSchema.parse(upcastTo(JSON.parse(json), STATE_SCHEMA, states));
}

/** An entry as it is stored: with the version of its writer. */
export const storedEntry = (entry: Entry): Entry & { schema: number } => ({ ...entry, schema: STATE_SCHEMA });

/** Reads a stored entry of any released version. */
export const upcastEntry = (value: unknown): Entry =>
  entrySchema.parse(upcastTo(objectOf(value), STATE_SCHEMA, entries));

export const upcastCommand = (json: string): Command =>
  commandSchema.parse(upcastTo(objectOf(JSON.parse(json)), STATE_SCHEMA, commands));

/** Lines of the log and facts are stored as they are; the version of their writer stands beside them. */
export const upcastActivity = (json: string, schema: string | undefined): Stored =>
  upcastBeside(json, schema, activities);

export const upcastFact = (json: string, schema: string | undefined): Stored =>
  upcastBeside(json, schema, facts);

function upcastBeside(json: string, schema: string | undefined, steps: Upcasts): Stored {
  const { schema: _version, ...value } = upcastTo(
    { ...objectOf(JSON.parse(json)), schema: Number(schema ?? FIRST) },
    STATE_SCHEMA,
    steps,
  );
  return value;
}

/** What the first version stored without saying so. */
const FIRST = 1;

function objectOf(value: unknown): Stored {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new AppError('bad-content', 'What is stored is not an object.');
}

/** Applies the steps one by one. Throws `unavailable` for what a newer version wrote. */
export function upcastTo(stored: Stored, target: number, steps: Upcasts): Stored {
  const version = Number(stored.schema ?? FIRST);
  if (version === target) return stored;
  const step = steps[version];
  if (version > target) {
    throw new AppError(
      'unavailable',
      `This version cannot read what schema ${version} has written; update this node.`,
    );
  }
  if (!step) throw new AppError('bad-content', `Nothing leads on from schema ${String(stored.schema)}.`);
  return upcastTo({ ...step(stored), schema: version + 1 }, target, steps);
}
