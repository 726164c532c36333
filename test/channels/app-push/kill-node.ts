import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { PushPoint } from '../../../src/channels/app-push/sender';
import { messageOf } from '../../../src/errors';
import type { TurnPoint } from '../../../src/turns/probe';
import { startPushHost } from './host';

/** A process with the channel in it, that can be told to die at a point between commit and push. */
export type KillPoint = PushPoint | TurnPoint;
export type ToKillNode = { type: 'arm'; point: KillPoint } | { type: 'say'; id: string; text: string };
export type FromKillNode = { type: 'ready' } | { type: 'failed'; why: string };

const say = (message: FromKillNode) => void process.send?.(message);
let armed: KillPoint | null = null;

/** Leaves proof that the point was reached, then dies as if the power cord of the process were pulled. */
function probe(point: KillPoint): void {
  if (armed !== point) return;
  const file = openSync(process.env.KILL_LOG ?? '', 'a');
  writeSync(file, `${point}\n`);
  fsyncSync(file);
  closeSync(file);
  process.kill(process.pid, 'SIGKILL');
}

async function main(): Promise<void> {
  const host = await startPushHost(process.env.CHAOS_REDIS_URL ?? '', process.env.CHAOS_RECEIVER_URL ?? '', {
    probe,
    leaseMs: 500,
    turnLeaseMs: 400,
    node: { probe, dutyTtlMs: 400 },
  });
  process.on('message', (message: ToKillNode) => {
    if (message.type === 'arm') armed = message.point;
    else host.say(message.id, message.text).catch(() => undefined);
  });
  say({ type: 'ready' });
}

process.on('disconnect', () => process.exit(0));
main().catch((error) => {
  say({ type: 'failed', why: messageOf(error) });
  process.exit(1);
});
