import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBotSender, startBotFramework } from '../../../src/channels/bot-framework/channel';
import type { DeliveryPoint } from '../../../src/channels/bot-framework/deliver';
import { readBotSettings } from '../../../src/channels/bot-framework/settings';
import { readConfig } from '../../../src/config';
import { createHttpServer, listen } from '../../../src/http/server';
import { createFolderFileStore } from '../../../src/records/files';
import type { TurnNodeOptions } from '../../../src/turns/node';
import { connectRedis } from '../../../src/turns/redis';
import { silent, startTestNode } from '../../support/turns';
import { scriptedTurn } from '../wechat/scripted-turn';

export const SHARDS = 4;

/** The channel over real HTTP and a real Redis, with a turn that says what it is told. */
export async function startBotHost(
  redisUrl: string,
  settings: Record<string, string>,
  options: {
    clock?: () => number;
    callTimeoutMs?: number;
    probe?: (point: DeliveryPoint) => void;
    limits?: Partial<TurnNodeOptions['limits']>;
    dutyTtlMs?: number;
    writeRecords?: () => Promise<void>;
  } = {},
) {
  const { clock = Date.now } = options;
  const bot = readBotSettings(readConfig(settings));
  if (bot === null) throw new Error('the channel is off');
  const redis = connectRedis(redisUrl);
  redis.on('error', () => undefined);
  const sender = createBotSender({
    redis,
    shards: SHARDS,
    settings: bot,
    fetch,
    signFile: (id) => `https://bot.test/files/${id}`,
    readContext: async () => ({ value: { reason: 'asked' }, transcript: [] }),
    clock,
    log: silent,
    callTimeoutMs: options.callTimeoutMs,
    probe: options.probe,
  });
  const node = await startTestNode(redisUrl, {
    turn: scriptedTurn(null, 'bot-framework'),
    handlers: sender.handlers,
    clock,
    dutyTtlMs: options.dutyTtlMs,
    limits: { shards: SHARDS, recordsLimit: 1_000_000, ...options.limits },
    ...(options.writeRecords ? { writeRecords: options.writeRecords } : {}),
  });
  const server = createHttpServer();
  const files = createFolderFileStore(mkdtempSync(join(tmpdir(), 'bot-files-')));
  const { connector } = sender;
  if (connector === null) throw new Error('the channel is off');
  const channel = await startBotFramework(
    server,
    { ...sender, settings: bot, connector },
    {
      node,
      files,
      mask: (text) => ({ text: text.replaceAll('secret', '[x]'), sealed: {} }),
      sweepMs: 25,
    },
  );
  const url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  return {
    url,
    node,
    showTyping: channel.showTyping,
    sender,
    files,
    redis,
    async stop() {
      server.server.closeAllConnections();
      await channel.stop();
      await node.stop();
      redis.disconnect();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
export type BotHost = Awaited<ReturnType<typeof startBotHost>>;
