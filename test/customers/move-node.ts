import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { createLinkHandlers } from '../../src/customers/link-handlers';
import { messageOf } from '../../src/errors';
import { connectDatabase } from '../../src/records/database';
import type { CommandHandlers } from '../../src/turns/commands';
import { createConversationTurn } from '../../src/turns/conversation/conversation-turn';
import { eventEntry } from '../../src/turns/event-entry';
import type { TurnPoint } from '../../src/turns/probe';
import { upcastState } from '../../src/turns/upcast';
import { movingContent } from '../support/moving';
import { shippedPolicies } from '../support/policies';
import { messageEntry, silent, startTestNode } from '../support/turns';

/** A node with the real turn and the real moves between conversations, that can be told to die at a point. */
export type ToMoveNode =
  | { type: 'arm'; point: TurnPoint; nth: number }
  | { type: 'send'; id: number; conversationId: string; key: string; text: string; phone: string | null };
export type FromMoveNode =
  | { type: 'ready' }
  | { type: 'accepted'; id: number }
  | { type: 'failed'; why: string };

const say = (message: FromMoveNode) => void process.send?.(message);
let armed: { point: TurnPoint; left: number } | null = null;

/** Leaves proof that the point was reached, then dies as if the power cord of the process were pulled. */
function probe(point: TurnPoint): void {
  if (armed?.point !== point) return;
  armed.left -= 1;
  if (armed.left > 0) return;
  const file = openSync(process.env.KILL_LOG ?? '', 'a');
  writeSync(file, `${point}\n`);
  fsyncSync(file);
  closeSync(file);
  process.kill(process.pid, 'SIGKILL');
}

async function main(): Promise<void> {
  const db = connectDatabase(process.env.CHAOS_DATABASE_URL ?? '', () => undefined);
  const links = createLinkHandlers({
    db,
    operator: { findCustomer: async () => null },
    findUnion: async () => null,
    readOrders: async () => ({ orders: [], address: null }),
    readState: async (id) => upcastState(await node.store.readState(id)),
    isMovable: (_version, dialog) => dialog === 'report',
    send: ({ conversationId, ...event }) =>
      node.engine.accept(conversationId, eventEntry({ conversationId, at: Date.now(), ...event })),
    dataKey: 'data-key-of-tests-000000',
    clock: Date.now,
    log: silent,
    onEvent: () => undefined,
  });
  const others: CommandHandlers = {
    'operator.customer': {
      mustComplete: false,
      run: async () => ({ type: 'ok', value: { customer: null } }),
    },
    'work-order.create': {
      mustComplete: true,
      run: async ({ id, conversationId }) => {
        const row = { id, conversation_id: conversationId, type: 'made', at: '1', value: '{}' };
        await db
          .insertInto('facts')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return { type: 'error', code: 'not-part-of-this-test' };
      },
    },
  };
  const node = await startTestNode(process.env.CHAOS_REDIS_URL ?? '', {
    turn: createConversationTurn({
      timeZone: 'Asia/Shanghai',
      policies: shippedPolicies,
      pickContent: (version) => movingContent(version ?? 'v1'),
    }),
    handlers: { ...links, ...others },
    writeRecords: async () => undefined,
    limits: { leaseMs: 400 },
    dutyTtlMs: 400,
    pollMs: 50,
    probe,
  });
  process.on('message', (message: ToMoveNode) => {
    if (message.type === 'arm') {
      armed = { point: message.point, left: message.nth };
      return;
    }
    const { id, conversationId, key, text, phone } = message;
    const customer = phone === null ? null : { id: 'u', name: null, phone, accounts: [] };
    const channel = phone === null ? 'web' : 'app';
    node.engine
      .accept(
        conversationId,
        { ...messageEntry(conversationId, key, text), channel, customer },
        { isLogged: true },
      )
      .then(() => say({ type: 'accepted', id }))
      .catch(() => undefined);
  });
  process.on('disconnect', () => process.exit(0));
  say({ type: 'ready' });
}

main().catch((error) => {
  say({ type: 'failed', why: messageOf(error) });
  process.exit(1);
});
