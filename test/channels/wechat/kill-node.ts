import { closeSync, fsyncSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWechatSender, startWechat } from '../../../src/channels/wechat/channel';
import type { DeliveryPoint } from '../../../src/channels/wechat/deliver';
import { messageOf } from '../../../src/errors';
import { createHttpServer, listen } from '../../../src/http/server';
import { createFolderFileStore } from '../../../src/records/files';
import { connectRedis } from '../../../src/turns/redis';
import { silent, startTestNode } from '../../support/turns';
import { testAccount } from './accounts';
import { scriptedTurn } from './scripted-turn';

/** A process with the channel in it, that can be told to die at a point of a delivery. */
export type ToKillNode = { type: 'arm'; point: DeliveryPoint };
export type FromKillNode = { type: 'ready'; port: number } | { type: 'failed'; why: string };

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
  const redisUrl = process.env.CHAOS_REDIS_URL ?? '';
  const account = testAccount({
    apiBase: process.env.CHAOS_API,
    message: { sends: 1000, windowSeconds: 1000 },
  });
  const server = createHttpServer();
  const sender = await createWechatSender({
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
    turn: scriptedTurn(),
    handlers: sender.handlers,
    dutyTtlMs: 400,
    limits: { leaseMs: 400 },
    // Facts stay where they are: the parent reads them there.
    writeRecords: async () => {
      throw new Error('Postgres is away');
    },
  });
  startWechat(server, sender, {
    node,
    mask: (text) => ({ text, sealed: {} }),
    transcribe: null,
    budgetMs: Number(process.env.CHAOS_BUDGET_MS),
    sweepMs: 25,
  });
  say({ type: 'ready', port: await listen(server, '127.0.0.1', 0) });
}

process.on('message', (message: ToKillNode) => {
  armed = message.point;
});
process.on('disconnect', () => process.exit(0));
main().catch((error) => {
  say({ type: 'failed', why: messageOf(error) });
  process.exit(1);
});
