import type { Command } from '../../src/contract/conversation';
import { STATE_SCHEMA } from '../../src/contract/conversation';
import type { CallOutcome } from '../../src/contract/dialog';
import { operations } from '../../src/contract/operations';
import type { OrderView } from '../../src/contract/orders';
import { connectDatabase, type Database } from '../../src/records/database';
import { createWorkOrderHandlers, type WorkOrderDependencies } from '../../src/work-orders/handlers';
import { createOrderNumbers } from '../../src/work-orders/number';
import { shippedPolicies } from './policies';
import { createTestDatabase } from './postgres';
import { silent } from './turns';

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
  return db;
}

/** The time of `commandOf`, moved by tests; pausing moves it at once. */
export function createTestClock(now = Date.UTC(2026, 10, 24, 2)) {
  const self = {
    now,
    pauses: [] as number[],
    clock: () => self.now,
    pause: async (ms: number) => {
      self.pauses.push(ms);
      self.now += ms;
    },
  };
  return self;
}

export const testNumbers = createOrderNumbers(Buffer.from('key-of-numbers'), 'Asia/Shanghai');

/** The handlers of work orders on a real database, as the server composes them. */
export function createTestOrders(db: Database, changed: Partial<WorkOrderDependencies> = {}) {
  const time = createTestClock();
  const handlers = createWorkOrderHandlers({
    db,
    numbers: testNumbers,
    policies: shippedPolicies,
    clock: time.clock,
    pause: time.pause,
    waitMs: 10_000,
    intervalMs: 500,
    log: silent,
    ...changed,
  });
  const run = async (operation: string, command: Partial<Command> = {}): Promise<CallOutcome> => {
    const handler = handlers[operation];
    if (!handler) throw new Error(`no handler for ${operation}`);
    return handler.run(commandOf(operation, command));
  };
  return {
    time,
    handlers,
    run,
    /** Creates an order and answers what the customer is told of it. */
    async create(args: Record<string, unknown> = {}, command: Partial<Command> = {}): Promise<OrderView> {
      const outcome = await run('work-order.create', {
        args: { kind: 'fault', summary: '断网', ...args },
        ...command,
      });
      if (outcome.type !== 'ok') throw new Error(`not created: ${JSON.stringify(outcome)}`);
      return operations['work-order.create'].value.parse(outcome.value).order;
    },
  };
}
