import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors';

/** Makes the data folder; throws `bad-settings` when it cannot be written. Answers its real path. */
export function openDataFolder(path: string): string {
  try {
    mkdirSync(resolve(path), { recursive: true, mode: 0o700 });
    accessSync(resolve(path), constants.W_OK);
    const probe = join(resolve(path), `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return realpathSync(path);
  } catch (error) {
    throw new AppError(
      'bad-settings',
      `The data folder ${resolve(path)} cannot be written: give this user the right to, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

/**
 * Where Linux keeps names of sockets without files none is ever left behind. Elsewhere it is a file among the temporary
 * ones, since a socket's path has 107 bytes at most.
 */
function lockPath(dataDir: string): string {
  const name = `bot-${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}.lock`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), name);
}

async function isAnswered(path: string): Promise<boolean> {
  const socket = connect(path);
  const answer = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answer;
}

/**
 * Holds the data folder for this process: a listening socket, which the system closes however the process ends.
 * Throws `conflict` when another instance has it. Answers how to let it go.
 */
export async function lockDataFolder(dataDir: string): Promise<() => void> {
  const path = lockPath(dataDir);
  const listen = async (): Promise<Server> => {
    const server = createServer((socket) => socket.destroy());
    server.listen(path);
    await once(server, 'listening');
    server.unref();
    return server;
  };
  const taken = () =>
    new AppError(
      'conflict',
      `Another instance uses the data folder ${dataDir}: stop it, or set DATA_DIR to another.`,
    );
  const server = await listen().catch(async () => {
    if (await isAnswered(path)) throw taken();
    if (!path.startsWith('\0')) rmSync(path, { force: true });
    return listen().catch(() => {
      throw taken();
    });
  });
  return () => void server.close();
}

const keysSchema = z.object({
  redisPassword: z.string(),
  postgresPassword: z.string(),
  tokenKey: z.string(),
  dataKey: z.string(),
  webSecret: z.string(),
  appSecret: z.string(),
});
export type LocalKeys = z.infer<typeof keysSchema>;

/** Keys of an installation that brings its own stores: made once, readable by this user alone. */
export function readLocalKeys(dataDir: string): LocalKeys {
  const file = join(dataDir, 'keys.json');
  const stored = existsSync(file)
    ? z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
    : {};
  const names = Object.keys(keysSchema.shape);
  const keys = Object.fromEntries(
    names.map((name) => [name, stored[name] ?? randomBytes(32).toString('base64url')]),
  );
  if (names.some((name) => stored[name] === undefined)) {
    writeFileSync(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return keysSchema.parse(keys);
}
