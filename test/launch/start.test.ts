import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedModels } from '../support/models';
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
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === join(dataDir, 'redis');
    } catch {
      return false;
    }
  });

/** One server from its first start to its last: each start costs seconds of a core. */
describe('npm start', () => {
  let dataDir: string;
  let app: Started;

  beforeAll(async () => {
    // A path with spaces, as people have them.
    dataDir = mkdtempSync(join(tmpdir(), 'bot data '));
    chmodSync(dataDir, 0o755);
    seedModels(dataDir);
    app = await start(dataDir);
  }, 120_000);
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  /** What a start that is refused says. */
  function refusal(folder: string, settings: Record<string, string>): string {
    const refused = spawnSync(process.execPath, ['src/launch/start.mjs'], {
      cwd: root,
      env: { ...environment(folder), ...settings },
      encoding: 'utf8',
    });
    expect(refused.status).toBe(1);
    return refused.stderr.trim();
  }

  it('serves with nothing configured', async () => {
    const alive = await fetch(`${app.url}/healthz`);
    expect(alive.status).toBe(200);
    const ready = await fetch(`${app.url}/readyz`);
    expect(await ready.json()).toEqual({ status: 'ready', missing: [] });
    expect(redisRuns(dataDir)).toBe(true);
  });

  it('refuses a second instance on the same data', () => {
    expect(refusal(dataDir, {})).toMatch(/Another instance uses the data folder/);
  });

  it('says in one sentence when the port is taken, before it starts anything', () => {
    const other = mkdtempSync(join(tmpdir(), 'bot-port-'));
    const { port } = new URL(app.url);
    expect(refusal(other, { PORT: port })).toBe(
      `Port ${port} on 127.0.0.1 cannot be used: stop what has it, or set PORT.`,
    );
    expect(readdirSync(other).filter((name) => /redis|postgres/.test(name))).toEqual([]);
    rmSync(other, { recursive: true, force: true });
  });

  it('leaves no child after SIGKILL, starts again on the same data, and leaves none when it ends', async () => {
    app.process.kill('SIGKILL');
    await once(app.process, 'exit');
    await until(() => !redisRuns(dataDir) && leftovers(dataDir).length === 0, 20_000);
    const again = await start(dataDir);
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
    again.process.kill('SIGTERM');
    await once(again.process, 'exit');
    expect(again.process.exitCode).toBe(0);
    expect(redisRuns(dataDir)).toBe(false);
    expect(leftovers(dataDir)).toEqual([]);
  }, 120_000);

  it('names every setting that is wrong', () => {
    expect(refusal(dataDir, { PORT: 'x', SHARDS: '0' })).toMatch(/PORT:[\s\S]*SHARDS:/);
  });
});
