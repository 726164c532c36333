import type { Command } from '../../src/contract/conversation';
import { STATE_SCHEMA } from '../../src/contract/conversation';
import { connectDatabase, type Database } from '../../src/records/database';
import { migrate } from '../../src/records/migrate';
import { createTestDatabase } from './postgres';

let serial = 0;

/** A command as a turn would give it, of an anonymous web visitor unless told otherwise. */
export const commandOf = (operation: string, changed: Partial<Command> = {}): Command => ({
  schema: STATE_SCHEMA,
  id: `turn-${serial++}:step:1`,
  conversationId: 'conversation',
  channel: 'web',
  operation,
  args: {},
  at: Date.UTC(2026, 10, 24, 2),
  asker: { userId: 'u', phone: null, accounts: [] },
  timeoutMs: null,
  replyTo: null,
  ...changed,
});

/** A migrated database of a suite's own; `db.destroy()` ends its connections. */
export async function openTestDatabase(): Promise<Database> {
  const db = connectDatabase(await createTestDatabase(), () => undefined);
  await migrate(db);
  return db;
}
