import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { Pool } from 'pg';
import type { Command } from '../../src/contract/conversation';
import type { CallOutcome } from '../../src/contract/dialog';
import { messageOf } from '../../src/errors';
import type { TurnPoint } from '../../src/turns/probe';
import { messageEntry, startTestNode } from '../support/turns';

/**
 * A turn node that can be told to die at a point. It speaks with its parent over IPC as a channel would with its
 * clients: it acknowledges after accept, and delivers the log from a client's watermark.
 */
export type ToNode =
  | { type: 'send'; id: number; conversationId: string; key: string; text: string }
  | { type: 'watch'; conversationId: string; watermark: number }
  | { type: 'arm'; point: TurnPoint; nth: number };

export type FromNode =
  | { type: 'ready' }
  | { type: 'answer'; id: number; position: number | null; why: string }
  | { type: 'deliver'; conversationId: string; position: number; text: string };

const say = (message: FromNode) => void process.send?.(message);

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
  const pool = new Pool({ connectionString: process.env.CHAOS_DATABASE_URL, max: 4 });
  pool.on('error', () => undefined);
  const watermarks = new Map<string, number>();
  const delivering = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  const takeOrder = async ({ id, conversationId, args }: Command): Promise<CallOutcome> => {
    const row = [id, conversationId, args.text];
    await pool.query('INSERT INTO orders VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', row);
    return { type: 'ok', value: id };
  };
  const node = await startTestNode(process.env.CHAOS_REDIS_URL ?? '', {
    probe,
    limits: { leaseMs: 400, inboxLimit: 1000 },
    dutyTtlMs: 400,
    pollMs: 50,
    handlers: {
      order: { mustComplete: true, run: takeOrder },
      // The other side fails as often as not, so that answers come late; three times at most, since pauses grow: a
      // longer run of failures would be an order given up in time, and no fault.
      'late-order': {
        mustComplete: false,
        run: async (command) => {
          const failed = failures.get(command.id) ?? 0;
          failures.set(command.id, failed + 1);
          if (failed < 3 && Math.random() < 0.5) throw new Error('the other side is down');
          return takeOrder(command);
        },
      },
    },
    writeRecords: async (rows) => {
      for (const row of rows) {
        if (row.type !== 'activity') continue;
        const values = [row.conversationId, row.position, row.activity.text ?? ''];
        await pool.query('INSERT INTO lines VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', values);
      }
    },
  });

  const deliver = (conversationId: string) => {
    const work = (delivering.get(conversationId) ?? Promise.resolve())
      .then(async () => {
        const watermark = watermarks.get(conversationId);
        if (watermark === undefined) return;
        for (const { position, activity } of await node.store.readLog(conversationId, watermark, 100)) {
          probe('delivering');
          say({ type: 'deliver', conversationId, position, text: activity.text ?? '' });
          watermarks.set(conversationId, position);
        }
      })
      .catch(() => undefined);
    delivering.set(conversationId, work);
  };
  node.onHint(deliver);
  setInterval(() => [...watermarks.keys()].forEach(deliver), 300);

  process.on('message', (message: ToNode) => {
    if (message.type === 'arm') armed = { point: message.point, left: message.nth };
    if (message.type === 'watch') {
      watermarks.set(message.conversationId, message.watermark);
      deliver(message.conversationId);
    }
    if (message.type === 'send') {
      const { id, conversationId, key, text } = message;
      node.engine
        .accept(conversationId, messageEntry(conversationId, key, text), { isLogged: true })
        .then((accepted) => {
          const position = accepted.status === 'busy' ? null : accepted.position;
          say({ type: 'answer', id, position, why: accepted.status });
        })
        .catch((error) => say({ type: 'answer', id, position: null, why: messageOf(error) }));
    }
  });
  process.on('disconnect', () => process.exit(0));
  say({ type: 'ready' });
}

void main();
