import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors';
import type { Children } from './children';
import { freePort } from './ports';
import { postgresBinaries } from './postgres-binaries';

const SHARED_ROOT = '/var/lib/telecom-service-bot';
const USER = 'postgres';

interface Identity {
  uid: number;
  gid: number;
}

/** Postgres refuses to run as root: as root it gets the unprivileged user that Debian knows for it. */
function unprivileged(): Identity | null {
  if (process.getuid?.() !== 0) return null;
  const ask = (flag: string) => spawnSync('id', [flag, USER], { encoding: 'utf8' });
  if (ask('-u').status !== 0) {
    const made = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', USER]);
    if (made.status !== 0) {
      throw new AppError(
        'unavailable',
        `Postgres may not run as root and the user "${USER}" could not be made: start as an ordinary user, or set DATABASE_URL.`,
      );
    }
  }
  return { uid: Number(ask('-u').stdout), gid: Number(ask('-g').stdout) };
}

/** Where the data lie: in the data folder, or beside it when the user of Postgres cannot get there. */
function clusterFolder(
  dataDir: string,
  canEnter: (folder: string) => boolean,
  say: (text: string) => void,
): string {
  if (canEnter(dataDir)) return join(dataDir, 'postgres');
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = join(SHARED_ROOT, name, 'postgres');
  say(`The user "${USER}" cannot reach ${dataDir}; Postgres keeps its data in ${folder}.`);
  mkdirSync(join(SHARED_ROOT, name), { recursive: true, mode: 0o755 });
  return folder;
}

function initialise(bin: string, folder: string, password: string, identity: Identity | null): void {
  removeDrafts(folder);
  if (existsSync(folder)) return;
  // Made under another name, so that a first start that is killed half way leaves nothing that looks whole. The name
  // is this start's own: what an interrupted one left running for a moment must not write into ours.
  const draft = `${folder}${DRAFT}${process.pid}`;
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity) {
    chownSync(draft, identity.uid, identity.gid);
    chownSync(passwordFile, identity.uid, identity.gid);
  }
  const args = ['-D', draft, '-U', 'bot', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C'];
  const done = spawnSync(join(bin, 'initdb'), [...args, `--pwfile=${passwordFile}`], {
    ...identity,
    cwd: '/',
    encoding: 'utf8',
  });
  rmSync(passwordFile, { force: true });
  if (done.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new AppError(
      'unavailable',
      `Postgres could not set up its data: ${done.stderr || done.error?.message}`,
    );
  }
  renameSync(draft, folder);
}

const DRAFT = '.draft-';

/** What interrupted first starts have left. */
function removeDrafts(folder: string): void {
  const beside = dirname(folder);
  const drafts = readdirSync(beside).filter((name) => name.startsWith(`${basename(folder)}${DRAFT}`));
  for (const name of drafts) rmSync(join(beside, name), { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Starts a Postgres with its data under the data folder. Answers its address. `settings` as in postgresql.conf, by name.
 */
export async function startEmbeddedPostgres(
  children: Children,
  dataDir: string,
  password: string,
  say: (text: string) => void,
  settings: Record<string, string> = {},
): Promise<string> {
  const identity = unprivileged();
  const can = (flag: string) => (folder: string) =>
    identity === null || spawnSync('test', [flag, folder], { ...identity, cwd: '/' }).status === 0;
  const bin = postgresBinaries(can('-x'), SHARED_ROOT);
  if (identity) chmodSync(dataDir, 0o711);
  const folder = clusterFolder(dataDir, can('-x'), say);
  initialise(bin, folder, password, identity);
  const port = await freePort();
  await children.start({
    name: 'Postgres',
    command: join(bin, 'postgres'),
    args: [
      '-D',
      folder,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    options: { ...identity, cwd: '/', env: { LC_MESSAGES: 'C', LC_ALL: 'C' } },
    // Fast shutdown: open transactions are rolled back, nothing committed is lost.
    stopSignal: 'SIGINT',
    readyPattern: 'ready to accept connections',
  });
  return `postgres://bot:${password}@127.0.0.1:${port}/postgres`;
}
