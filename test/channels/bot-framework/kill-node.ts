import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { DeliveryPoint } from '../../../src/channels/bot-framework/deliver';
import { messageOf } from '../../../src/errors';
import { startBotHost } from './host';

/** A process with the channel in it, that can be told to die at a point of a delivery. */
export type ToKillNode = { type: 'arm'; point: DeliveryPoint };
export type FromKillNode = { type: 'ready'; url: string } | { type: 'failed'; why: string };

const say = (message: FromKillNode) => void process.send?.(message);
let armed: DeliveryPoint | null = null;

/** Leaves proof that the point was reached, then dies as if the power cord of the process were pulled. */
function probe(point: DeliveryPoint): void {
  if (armed !== point) return;
  const file = openSync(process.env.KILL_LOG ?? '', 'a');
  writeSync(file, `${point}\n`);
  fsyncSync(file);
  closeSync(file);
  process.kill(process.pid, 'SIGKILL');
}

async function main(): Promise<void> {
  const { url } = await startBotHost(
    process.env.CHAOS_REDIS_URL ?? '',
    JSON.parse(process.env.CHAOS_SETTINGS ?? '{}'),
    {
      probe,
      dutyTtlMs: 400,
      limits: { leaseMs: 400 },
      // Facts stay where they are: the parent reads them there.
      writeRecords: async () => {
        throw new Error('Postgres is away');
      },
    },
  );
  say({ type: 'ready', url });
}

process.on('message', (message: ToKillNode) => {
  armed = message.point;
});
process.on('disconnect', () => process.exit(0));
main().catch((error) => {
  say({ type: 'failed', why: messageOf(error) });
  process.exit(1);
});
