import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError } from '../errors';

/**
 * Programs that the server brings with it when no address of them is configured: Redis and Postgres, on loopback, on
 * ports that the system chose, with passwords. `supervisor.mjs` ends them when this process is gone, however it went.
 */
export interface ChildSpec {
  name: string;
  command: string;
  args: string[];
  options: { cwd?: string; env?: Record<string, string | undefined>; uid?: number; gid?: number };
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** What its output says once it serves. */
  readyPattern: string;
}

export interface Children {
  /** Resolves when the child serves; throws `unavailable` with its last words when it ends instead. */
  start(spec: ChildSpec): Promise<void>;
  /** Told when a child ends unasked. */
  onLoss(listener: (name: string, lastWords: string) => void): void;
  /** Ends all children cleanly. */
  stop(): Promise<void>;
}

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), name: z.string() }),
  z.object({ type: z.literal('ended'), name: z.string(), tail: z.string() }),
]);

/** The script is plain JavaScript and lies beside the source, whether this file runs from src/ or dist/. */
const SCRIPT = join(__dirname, '..', '..', 'src', 'launch', 'supervisor.mjs');

export function startSupervisor(): Children {
  const supervisor = spawn(process.execPath, [SCRIPT], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const listeners = new Set<(name: string, lastWords: string) => void>();
  const starting = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  let isStopping = false;

  supervisor.stdin.on('error', () => undefined);
  createInterface({ input: supervisor.stdout }).on('line', (line) => {
    const event = eventSchema.parse(JSON.parse(line));
    const waiting = starting.get(event.name);
    starting.delete(event.name);
    if (event.type === 'ready') return waiting?.resolve();
    if (isStopping) return;
    if (waiting)
      waiting.reject(new AppError('unavailable', `${event.name} did not start: ${event.tail.trim()}`));
    else for (const listener of listeners) listener(event.name, event.tail.trim());
  });

  return {
    start: (spec) =>
      new Promise((resolve, reject) => {
        starting.set(spec.name, { resolve, reject });
        supervisor.stdin.write(`${JSON.stringify(spec)}\n`);
      }),
    onLoss: (listener) => void listeners.add(listener),
    stop: async () => {
      if (isStopping || supervisor.exitCode !== null) return;
      isStopping = true;
      const gone = new Promise((resolve) => supervisor.once('close', resolve));
      supervisor.stdin.end();
      await gone;
    },
  };
}
