import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TurnPoint } from '../../src/turns/probe';
import type { FromNode, ToNode } from './turn-node';

/** Two nodes that are killed and replaced, and clients that go on talking to whichever is up. */
export interface Storm {
  /** Sends until somebody acknowledges; answers the position. */
  send(conversationId: string, key: string, text: string): Promise<number>;
  shown(conversationId: string): { position: number; text: string }[];
  /** Arms one node; resolves when it died there and another one took its place, or null if it did not get there. */
  killAt(point: TurnPoint, nth: number, withinMs: number): Promise<TurnPoint | null>;
  killed(): string[];
  stop(): Promise<void>;
}

interface Client {
  watermark: number;
  shown: { position: number; text: string }[];
  node: number;
}

export async function startStorm(options: {
  redisUrl: string;
  databaseUrl: string;
  killLog: string;
  random: () => number;
}): Promise<Storm> {
  const clients = new Map<string, Client>();
  const answers = new Map<number, (position: number | null) => void>();
  const nodes: ChildProcess[] = [];
  let serial = 0;
  let isOver = false;

  const tell = (node: ChildProcess, message: ToNode) => {
    if (node.connected) node.send(message, () => undefined);
  };

  function hear(slot: number, message: FromNode): void {
    if (message.type === 'answer') answers.get(message.id)?.(message.position);
    if (message.type !== 'deliver') return;
    const client = clients.get(message.conversationId);
    // As a Direct Line client does: a position already seen is dropped, and a former node is not listened to.
    if (!client || client.node !== slot || message.position <= client.watermark) return;
    client.watermark = message.position;
    client.shown.push({ position: message.position, text: message.text });
  }

  async function start(slot: number): Promise<void> {
    const node = fork(join(__dirname, 'turn-node.ts'), {
      execArgv: ['-r', join(__dirname, '../support/register.cjs')],
      env: {
        ...process.env,
        CHAOS_REDIS_URL: options.redisUrl,
        CHAOS_DATABASE_URL: options.databaseUrl,
        KILL_LOG: options.killLog,
      },
    });
    nodes[slot] = node;
    const ready = new Promise<void>((resolve, reject) => {
      node.on('message', (message: FromNode) => (message.type === 'ready' ? resolve() : hear(slot, message)));
      node.once('exit', (code) => {
        reject(new Error(`a node ended with ${code} before it was ready`));
        if (isOver) return;
        for (const client of clients.values()) if (client.node === slot) client.node = 1 - slot;
        watchAll();
        void start(slot).catch(() => undefined);
      });
    });
    await ready;
  }

  const watchAll = () => {
    for (const [conversationId, client] of clients) {
      const node = nodes[client.node];
      if (node) tell(node, { type: 'watch', conversationId, watermark: client.watermark });
    }
  };

  async function attempt(conversationId: string, key: string, text: string): Promise<number | null> {
    const slot = options.random() < 0.5 ? 0 : 1;
    const node = nodes[slot];
    const id = serial++;
    const answered = new Promise<number | null>((resolve) => {
      answers.set(id, resolve);
      setTimeout(() => resolve(null), 700);
    });
    if (node) tell(node, { type: 'send', id, conversationId, key, text });
    const position = await answered;
    answers.delete(id);
    return position;
  }

  const killed = () => {
    try {
      return readFileSync(options.killLog, 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  };

  await Promise.all([start(0), start(1)]);
  const healing = setInterval(watchAll, 1000);
  return {
    killed,
    shown: (conversationId) => clients.get(conversationId)?.shown ?? [],
    async send(conversationId, key, text) {
      if (!clients.has(conversationId)) {
        clients.set(conversationId, { watermark: 0, shown: [], node: options.random() < 0.5 ? 0 : 1 });
        watchAll();
      }
      for (;;) {
        const position = await attempt(conversationId, key, text);
        if (position !== null) return position;
      }
    },
    async killAt(point, nth, withinMs) {
      const before = killed().length;
      const slot = options.random() < 0.5 ? 0 : 1;
      const node = nodes[slot];
      if (!node?.connected) return null;
      const gone = once(node, 'exit');
      tell(node, { type: 'arm', point, nth });
      const wait = new AbortController();
      const timer = new Promise<void>((resolve) => {
        const handle = setTimeout(resolve, withinMs);
        wait.signal.addEventListener('abort', () => {
          clearTimeout(handle);
          resolve();
        });
      });
      await Promise.race([gone, timer]);
      wait.abort();
      return killed().length > before ? point : null;
    },
    async stop() {
      isOver = true;
      clearInterval(healing);
      await Promise.all(
        nodes.map(async (node) => {
          if (node.exitCode !== null || node.signalCode !== null) return;
          const gone = once(node, 'exit');
          node.kill('SIGKILL');
          await gone;
        }),
      );
    },
  };
}
