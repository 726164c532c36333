import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/turns';
import { copyProject, ordinaryUser, type ProjectCopy } from './project-copy';

/** Processes that run somewhere below a folder. */
const runningBelow = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    });

describe('npm start of an ordinary user, in a path with spaces', () => {
  let project: ProjectCopy;
  beforeAll(() => {
    project = copyProject();
  });
  afterEach(async () => {
    await until(() => runningBelow(project.root).length === 0, 20_000);
    rmSync(join(project.root, 'data'), { recursive: true, force: true });
  });
  afterAll(() => {
    project.remove();
    rmSync(learned, { recursive: true, force: true });
  });

  /** What the first start has learned: seconds of a core that the next need not spend again. */
  const learned = mkdtempSync(join(tmpdir(), 'learned-'));
  const keepLearned = () =>
    cpSync(join(project.root, 'data/content'), learned, {
      recursive: true,
      filter: (path) => !path.endsWith('.json'),
    });

  interface Run {
    child: ChildProcess;
    output(): string;
    /** The exit code, once it has ended. */
    code: Promise<number | null>;
  }

  function start(settings: Record<string, string> = {}): Run {
    const child = spawn(process.execPath, ['src/launch/start.mjs'], {
      ...ordinaryUser,
      cwd: project.root,
      // A group of its own, to be killed or interrupted as a whole, as a terminal and a container do.
      detached: true,
      env: { PATH: process.env.PATH, HOME: project.root, PORT: '0', LOG_LEVEL: 'error', ...settings },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    const code = once(child, 'close').then(([ended]) => ended as number | null);
    return { child, output: () => output, code };
  }
  const signalAll = ({ child }: Run, signal: NodeJS.Signals) => process.kill(-(child.pid ?? 0), signal);
  const serving = async (run: Run): Promise<string> => {
    await until(() => /Serving on \S+/.test(run.output()) || run.child.exitCode !== null, 90_000);
    return /Serving on (\S+)/.exec(run.output())?.[1] ?? run.output();
  };
  /** What it said in the end, when it ended with code 1. */
  async function refusal(settings: Record<string, string>): Promise<string> {
    const run = start(settings);
    expect(await run.code).toBe(1);
    return run.output().trim();
  }

  it('serves, prints its addresses, keeps its data private, and ends on Ctrl-C', async () => {
    const run = start();
    const url = await serving(run);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    await until(() => /First admin, once/.test(run.output()));
    expect(run.output()).toMatch(/Chat as a customer: +http\S+\/chat/);
    expect(statSync(join(project.root, 'data/keys.json')).mode & 0o777).toBe(0o600);
    run.child.kill('SIGINT');
    expect(await run.code).toBe(0);
    keepLearned();
  }, 120_000);

  it('starts on what a first start left that was killed while Postgres was being set up', async () => {
    const data = join(project.root, 'data');
    const first = start();
    const isHalfMade = () =>
      existsSync(data) &&
      readdirSync(data).some(
        (name) => name.startsWith('postgres') && existsSync(join(data, name, 'PG_VERSION')),
      );
    await until(() => isHalfMade() || first.child.exitCode !== null, 60_000);
    expect(first.child.exitCode).toBeNull();
    signalAll(first, 'SIGKILL');
    await first.code;
    project.give(learned, 'data/content');
    const again = start();
    const url = await serving(again);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(readdirSync(data).filter((name) => name.includes('draft'))).toEqual([]);
    again.child.kill('SIGTERM');
    expect(await again.code).toBe(0);
  }, 120_000);

  it('leaves nothing running when it is interrupted while it starts', async () => {
    const run = start();
    await until(() => existsSync(join(project.root, 'data/redis')) || run.child.exitCode !== null, 60_000);
    expect(run.child.exitCode).toBeNull();
    signalAll(run, 'SIGINT');
    await run.code;
    expect(run.output()).not.toMatch(/Serving/);
  }, 120_000);

  it('says which command installs Redis when it is missing', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'bin-'));
    chmodSync(bin, 0o755);
    symlinkSync('/bin/sh', join(bin, 'sh'));
    expect(await refusal({ PATH: bin })).toBe(
      "Missing on this machine: redis-server. On Debian or Ubuntu run: sudo sh -c 'apt-get update && apt-get install -y redis-server'",
    );
    expect(existsSync(join(project.root, 'data'))).toBe(false);
    rmSync(bin, { recursive: true, force: true });
  }, 60_000);

  it('says that the data folder cannot be written', async () => {
    const locked = join(project.root, 'locked');
    mkdirSync(locked, { mode: 0o555 });
    const data = join(locked, 'data');
    expect(await refusal({ DATA_DIR: data })).toBe(
      `The data folder ${data} cannot be written: give this user the right to, or set DATA_DIR to another folder.`,
    );
  }, 60_000);

  it('names all settings that are wrong in one message, and keeps nothing', async () => {
    const said = await refusal({
      PORT: 'x',
      SHARDS: '0',
      REDIS_URL: 'localhost',
      DATABASE_URL: 'x',
      DATA_KEY: 'short',
    });
    for (const name of ['PORT', 'SHARDS', 'REDIS_URL', 'DATABASE_URL', 'DATA_KEY']) {
      expect(said).toMatch(new RegExp(`^  ${name}: `, 'm'));
    }
    expect(existsSync(join(project.root, 'data'))).toBe(false);
  }, 60_000);

  it('refuses production without its settings, and with those of development', async () => {
    const REDIS_URL = 'redis://127.0.0.1:1';
    const missing = await refusal({ NODE_ENV: 'production', REDIS_URL });
    for (const name of [
      'DATABASE_URL',
      'TOKEN_KEY',
      'DATA_KEY',
      'DIRECT_LINE_WEB_SECRET',
      'DIRECT_LINE_APP_SECRET',
    ]) {
      expect(missing).toContain(`${name}: required in production`);
    }
    const key = 'a-development-secret';
    const made = { TOKEN_KEY: key, DATA_KEY: key, DIRECT_LINE_WEB_SECRET: key, DIRECT_LINE_APP_SECRET: key };
    const DATABASE_URL = 'postgres://u:p@127.0.0.1:1/x';
    const said = await refusal({ NODE_ENV: 'production', REDIS_URL, DATABASE_URL, ...made });
    expect(said.match(/is a development value/g)).toHaveLength(4);
    expect(said).not.toContain(key);
  }, 60_000);

  it('says who does not answer when a store is configured that is not there', async () => {
    const said = await refusal({
      REDIS_URL: 'redis://:word@127.0.0.1:1',
      DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x',
    });
    expect(said).toMatch(
      /^Nobody answers at 127\.0\.0\.1:1: start what (REDIS|DATABASE)_URL names, or mend it\.$/,
    );
  }, 60_000);
});
