import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/turns';

const root = join(__dirname, '../..');

interface Started {
  process: ChildProcess;
  url: string;
  output: () => string;
}

const environment = (dataDir: string) => ({
  ...process.env,
  DATA_DIR: dataDir,
  PORT: '0',
  LOG_LEVEL: 'error',
  NODE_ENV: '',
});

async function start(dataDir: string): Promise<Started> {
  const child = spawn(process.execPath, ['src/launch/start.mjs'], { cwd: root, env: environment(dataDir) });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  await until(() => /Serving on \S+/.test(output) || child.exitCode !== null, 60_000);
  return { process: child, url: /Serving on (\S+)/.exec(output)?.[1] ?? '', output: () => output };
}

/** Processes whose command line or working folder names the data folder. */
const leftovers = (dataDir: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir);
      } catch {
        return false;
      }
    });

const redisRuns = (dataDir: string): boolean =>
  readdirSync('/proc').some((pid) => {
    const seen = spawnSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8' });
    return /^\d+$/.test(pid) && seen.stdout.trim() === join(dataDir, 'redis');
  });

describe('npm start', () => {
  let dataDir: string;

  beforeEach(() => {
    // A path with spaces, as people have them.
    dataDir = mkdtempSync(join(tmpdir(), 'bot data '));
    chmodSync(dataDir, 0o755);
  });

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  /** What was learned by the first start: seconds that the others need not spend again. */
  const learned = mkdtempSync(join(tmpdir(), 'bot-learned-'));
  const keepLearned = () =>
    cpSync(join(dataDir, 'content'), learned, { recursive: true, filter: (path) => !path.endsWith('.json') });
  const seed = (folder: string) => cpSync(learned, join(folder, 'content'), { recursive: true });
  afterAll(() => rmSync(learned, { recursive: true, force: true }));

  it('serves with nothing configured, refuses a second instance, and leaves no child when it ends', async () => {
    const app = await start(dataDir);
    const alive = await fetch(`${app.url}/healthz`);
    expect(alive.status).toBe(200);
    const ready = await fetch(`${app.url}/readyz`);
    expect(await ready.json()).toEqual({ status: 'ready', missing: [] });
    expect(redisRuns(dataDir)).toBe(true);

    const second = await start(dataDir);
    expect(second.output()).toMatch(/Another instance uses the data folder/);
    expect(second.process.exitCode).toBe(1);

    app.process.kill('SIGTERM');
    await once(app.process, 'exit');
    keepLearned();
    expect(app.process.exitCode).toBe(0);
    expect(redisRuns(dataDir)).toBe(false);
    expect(leftovers(dataDir)).toEqual([]);
  }, 120_000);

  it('leaves no child after SIGKILL and starts again on the same data', async () => {
    seed(dataDir);
    const app = await start(dataDir);
    app.process.kill('SIGKILL');
    await once(app.process, 'exit');
    await until(() => !redisRuns(dataDir) && leftovers(dataDir).length === 0, 20_000);
    const again = await start(dataDir);
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
    again.process.kill('SIGINT');
    await once(again.process, 'exit');
  }, 120_000);

  it('says in one sentence when the port is taken', async () => {
    const other = mkdtempSync(join(tmpdir(), 'bot-port-'));
    for (const folder of [dataDir, other]) seed(folder);
    const app = await start(dataDir);
    const { port } = new URL(app.url);
    const refused = spawnSync(process.execPath, ['src/launch/start.mjs'], {
      cwd: root,
      env: { ...environment(other), PORT: port },
      encoding: 'utf8',
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr.trim()).toBe(
      `Port ${port} on 127.0.0.1 cannot be used: stop what has it, or set PORT.`,
    );
    rmSync(other, { recursive: true, force: true });
    app.process.kill('SIGTERM');
    await once(app.process, 'exit');
  }, 120_000);

  it('names every setting that is wrong', () => {
    const refused = spawnSync(process.execPath, ['src/launch/start.mjs'], {
      cwd: root,
      env: { ...environment(dataDir), PORT: 'x', SHARDS: '0' },
      encoding: 'utf8',
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/PORT:[\s\S]*SHARDS:/);
  });
});
