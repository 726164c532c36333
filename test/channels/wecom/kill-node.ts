import { closeSync, fsyncSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWecomSender, startWecom } from '../../../src/channels/wecom/channel';
import type { DeliveryPoint } from '../../../src/channels/wecom/deliver';
import type { SyncPoint } from '../../../src/channels/wecom/sync';
import { messageOf } from '../../../src/errors';
import { createHttpServer, listen } from '../../../src/http/server';
import { createFolderFileStore } from '../../../src/records/files';
import { connectRedis } from '../../../src/turns/redis';
import { silent, startTestNode } from '../../support/turns';
import { scriptedTurn } from '../wechat/scripted-turn';
import { testAccount } from './host';

/** A process with the channel in it, that can be told to die at a point of a fetch or a delivery. */
export type KillPoint = DeliveryPoint | SyncPoint;
export type ToKillNode = { type: 'arm'; point: KillPoint };
export type FromKillNode =
  | { type: 'armed' }
  | { type: 'ready'; port: number }
  | { type: 'failed'; why: string };

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
  const redisUrl = process.env.CHAOS_REDIS_URL ?? '';
  const account = testAccount({ apiBase: process.env.CHAOS_API });
  const server = createHttpServer();
  const sender = createWecomSender({
    redis: connectRedis(redisUrl),
    shards: 4,
    accounts: new Map([[account.name, account]]),
    fetch,
    files: createFolderFileStore(mkdtempSync(join(tmpdir(), 'kill-files-'))),
    sendText: async () => undefined,
    clock: Date.now,
    log: silent,
    probe,
  });
  const node = await startTestNode(redisUrl, {
    turn: scriptedTurn(null, 'wecom'),
    handlers: sender.handlers,
    dutyTtlMs: 400,
    limits: { leaseMs: 400 },
  });
  startWecom(server, sender, {
    node,
    mask: (text) => ({ text, sealed: {} }),
    transcribe: null,
    sweepMs: 25,
    retryMs: 50,
    lockMs: 400,
  });
  say({ type: 'ready', port: await listen(server, '127.0.0.1', 0) });
}

process.on('message', (message: ToKillNode) => {
  armed = message.point;
  say({ type: 'armed' });
});
process.on('disconnect', () => process.exit(0));
main().catch((error) => {
  say({ type: 'failed', why: messageOf(error) });
  process.exit(1);
});
