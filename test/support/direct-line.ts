import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectLine } from '../../src/channels/direct-line/conversations';
import { registerDirectLine } from '../../src/channels/direct-line/routes';
import { createStreams } from '../../src/channels/direct-line/stream';
import { createTokens } from '../../src/channels/direct-line/tokens';
import { signAttachments } from '../../src/channels/direct-line/uploads';
import { registerFiles } from '../../src/http/files';
import { createHttpServer, listen } from '../../src/http/server';
import { createFileSigner, createFolderFileStore } from '../../src/records/files';
import type { TurnFunction } from '../../src/turns/engine';
import { noProbe } from '../../src/turns/probe';
import { countingTurn, silent, startTestNode, type TestNode } from './turns';

export const WEB_SECRET = 'web-secret-of-tests-0000';
export const APP_SECRET = 'app-secret-of-tests-0000';
const TOKEN_KEY = 'token-key-of-tests-00000000000000';

export interface DirectLineHost {
  url: string;
  node: TestNode;
  openSockets(): number;
  /** Ends every connection at once, as a lost network would. */
  dropConnections(): void;
  stop(): Promise<void>;
}

/** A node of the real engine behind the real Direct Line routes; its turn echoes. */
export async function startDirectLineHost(
  redisUrl: string,
  clock: () => number = Date.now,
  options: { pingEveryMs?: number; turn?: TurnFunction } = {},
): Promise<DirectLineHost> {
  const { pingEveryMs, turn = countingTurn } = options;
  const node = await startTestNode(redisUrl, { turn });
  const folder = mkdtempSync(join(tmpdir(), 'files-test-'));
  const files = createFolderFileStore(folder);
  const server = createHttpServer();
  let url = '';
  const signer = createFileSigner(TOKEN_KEY, () => url, clock);
  const tokens = createTokens(TOKEN_KEY, clock);
  const directLine = createDirectLine({
    engine: node.engine,
    store: node.store,
    tokens,
    clock,
    mask: (text) => ({ text: text.replace(/secret/g, '***'), sealed: {} }),
    signFiles: (activity) =>
      signAttachments(activity, { sign: signer.sign, baseUrl: () => 'http://bot.example' }),
    socketUrl: () => url.replace('http', 'ws'),
  });
  registerDirectLine(server, {
    directLine,
    tokens,
    secrets: { web: WEB_SECRET, app: APP_SECRET },
    files,
    isAllowedOrigin: () => true,
    placeInLine: async () => ({ position: null, waitMinutes: null }),
    log: silent,
  });
  registerFiles(server, files, signer, silent);
  const streams = createStreams(server.server, {
    directLine,
    store: node.store,
    tokens,
    isAllowedOrigin: () => true,
    log: silent,
    probe: noProbe,
    pingEveryMs,
  });
  node.onTurn(streams.push);
  node.onHint(streams.notice);
  url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  return {
    url,
    node,
    openSockets: streams.count,
    dropConnections: () => streams.drop(),
    stop: async () => {
      streams.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      });
      await node.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
