import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { keepModels, seedModels } from './models';
import { until } from './turns';

/** Settings of the process, by their names in the environment. */
export type ServerSettings = Record<string, string> & { DATA_DIR: string };

/** `npm start` in a process of its own, on stores of its own. */
export interface ServerProcess {
  url: string;
  child: ChildProcess;
  output(): string;
  /** As if the power cord of the process were pulled. */
  kill(): Promise<void>;
  /** Asks it to end, and waits until it did. */
  end(): Promise<void>;
}

export async function startServerProcess(settings: ServerSettings): Promise<ServerProcess> {
  seedModels(settings.DATA_DIR);
  const child = spawn(process.execPath, ['src/launch/start.mjs'], {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, NODE_ENV: '', LOG_LEVEL: 'error', PORT: '0', ...settings },
  });
  let output = '';
  const hear = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  await until(() => /Serving on \S+/.test(output) || child.exitCode !== null, 90_000);
  const url = /Serving on (\S+)/.exec(output)?.[1];
  if (!url) throw new Error(`the server did not start: ${output}`);
  keepModels(settings.DATA_DIR);
  const stop = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return { url, child, output: () => output, kill: () => stop('SIGKILL'), end: () => stop('SIGTERM') };
}
