/**
 * `npm run bench`: our turn against the floor and against botbuilder, side by side on this machine. Rounds are
 * interleaved and medians are shown, so that a busy moment hits all arms alike. Nothing is asserted: it prints.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  build,
  checkNode,
  ensurePrograms,
  giveUp,
  installPackages,
  root,
  run,
} from '../../src/launch/prepare.mjs';

import { sumProfile } from './profile.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 6);
const CLIENTS = Number(process.env.BENCH_CLIENTS ?? 16);
const WARM_UP_SECONDS = Number(process.env.BENCH_WARM_UP ?? 8);
const here = join(root, 'test/bench');
const arms = (process.env.BENCH_ARMS ?? 'ours,floor,botbuilder').split(',');

checkNode();
installPackages();
ensurePrograms([{ program: 'redis-server', packages: ['redis-server'] }]);
await build();
const stamp = join(here, 'node_modules/.package-lock.json');
if (!existsSync(stamp) && !run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: here })) {
  giveUp('What the benchmark compares with could not be installed, see above.');
}

const require = createRequire(import.meta.url);
const { freePort } = require(join(root, 'dist/launch/ports.js'));
const { startSupervisor } = require(join(root, 'dist/launch/children.js'));
const { startEmbeddedPostgres } = require(join(root, 'dist/launch/embedded-postgres.js'));
const { conversationKeys, shardOf } = require(join(root, 'dist/turns/keys.js'));
const { Redis } = require('ioredis');

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const children = startSupervisor();
const redisPort = await freePort();
writeFileSync(
  join(folder, 'redis.conf'),
  `port ${redisPort}\nbind 127.0.0.1\nsave ""\nappendonly yes\nappendfsync always\nmaxmemory-policy noeviction\n`,
);
await children.start({
  name: 'Redis',
  command: 'redis-server',
  args: ['redis.conf'],
  options: { cwd: folder },
  stopSignal: 'SIGTERM',
  readyPattern: 'Ready to accept connections',
});
const postgresUrl = await startEmbeddedPostgres(children, folder, 'bench', () => undefined);
const redis = new Redis(redisPort, '127.0.0.1');

const hear = async (child, type) => {
  for (;;) {
    const [message] = await once(child, 'message');
    if (message.type === type) return message;
  }
};
const ask = (child, message, type) => {
  const answer = hear(child, type);
  child.send(message);
  return answer;
};

async function startArm(arm, profile = '') {
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    DATABASE_URL: postgresUrl,
    DATA_DIR: join(folder, 'data'),
    BENCH_PROFILE: profile,
  };
  const child = fork(join(here, 'arms', `${arm}.mjs`), { env });
  return { child, ...(await hear(child, 'listening')) };
}

async function commandsDone() {
  const info = await redis.info('commandstats');
  const calls = (pattern) =>
    [...info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)]
      .filter(([, name]) => pattern.test(name))
      .reduce((sum, [, , count]) => sum + Number(count), 0);
  return { all: calls(/^(?!info|hget$)/), scripts: calls(/^evalsha$/) };
}

/** Turns that were committed in the conversations of a run; the greeting at the start of each is not counted. */
async function turnsOf(arm, { conversations, messages }) {
  if (arm !== 'ours') return messages;
  const shards = Number(await redis.get('turns:shards'));
  const versions = await Promise.all(
    conversations.map((id) => redis.hget(conversationKeys(shardOf(id, shards), id).meta, 'version')),
  );
  return versions.reduce((sum, version) => sum + Number(version ?? 1) - 1, 0);
}

async function load(arm, server, seconds, name) {
  const child = fork(join(here, 'load.mjs'));
  const options = { arm, port: server.port, secret: server.secret, clients: CLIENTS, seconds, name };
  await ask(child, options, 'ready');
  const commands = await commandsDone();
  await ask(server.child, 'begin', 'begun');
  const done = await ask(child, 'go', 'done');
  const usage = await ask(server.child, 'usage', 'usage');
  const after = await commandsDone();
  return {
    done,
    usage,
    commands: { all: after.all - commands.all, scripts: after.scripts - commands.scripts },
  };
}

async function measure(arm, round, profile) {
  await redis.flushall();
  const server = await startArm(arm, profile);
  await load(arm, server, WARM_UP_SECONDS, `warm-${round}`);
  const { done, usage, commands } = await load(arm, server, SECONDS, `run-${round}`);
  const turns = await turnsOf(arm, done);
  const gone = once(server.child, 'exit');
  server.child.send('end');
  await gone;
  return {
    messagesPerSecond: done.messages / done.tookSeconds,
    turnsPerSecond: turns / done.tookSeconds,
    p50: done.p50,
    p99: done.p99,
    cpuPerMessage: usage.cpuMicros / done.messages,
    cpuPerTurn: usage.cpuMicros / turns,
    commandsPerTurn: commands.all / turns,
    scriptsPerTurn: commands.scripts / turns,
    megabytes: usage.rssBytes / 1e6,
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const results = Object.fromEntries(arms.map((arm) => [arm, []]));
for (let round = 1; round <= ROUNDS; round += 1) {
  for (const arm of arms) {
    const result = await measure(arm, round);
    results[arm].push(result);
    console.log(
      `round ${round} ${arm}: ${result.messagesPerSecond.toFixed(0)} messages/s, ${result.cpuPerTurn.toFixed(0)} µs CPU a turn`,
    );
  }
}

const rows = [
  ['customer messages a second', 'messagesPerSecond', 0],
  ['turns a second', 'turnsPerSecond', 0],
  ['answer p50, ms', 'p50', 2],
  ['answer p99, ms', 'p99', 2],
  ['CPU µs a message', 'cpuPerMessage', 0],
  ['CPU µs a turn', 'cpuPerTurn', 0],
  ['Redis commands a turn, those in scripts included', 'commandsPerTurn', 1],
  ['Redis scripts a turn', 'scriptsPerTurn', 1],
  ['memory, MB', 'megabytes', 0],
];
const figures = Object.fromEntries(
  arms.map((arm) => [
    arm,
    Object.fromEntries(rows.map(([, key]) => [key, median(results[arm].map((each) => each[key]))])),
  ]),
);
console.log(
  `\nMedians of ${ROUNDS} rounds of ${SECONDS} s, ${CLIENTS} clients, ${cpus().length} cores, Node ${process.versions.node}, appendfsync always\n`,
);
console.log(`| | ours | floor | botbuilder |\n|---|---|---|---|`);
for (const [name, key, digits] of rows) {
  console.log(`| ${name} | ${arms.map((arm) => figures[arm][key].toFixed(digits)).join(' | ')} |`);
}
const compare = (name, key, over) => {
  if (!figures.ours || !figures[over]) return;
  console.log(`${name}: ${(figures.ours[key] / figures[over][key]).toFixed(2)}`);
};
console.log('');
compare('CPU of a turn, ours over the floor (goal: at most 1.6)', 'cpuPerTurn', 'floor');
compare('Turns a second, ours over botbuilder (goal: at least 3)', 'turnsPerSecond', 'botbuilder');
compare('Messages a second, ours over botbuilder', 'messagesPerSecond', 'botbuilder');

const profile = join(folder, 'ours.cpuprofile');
const profiled = await measure('ours', 'profile', profile);
const parts = sumProfile(profile);
const busy = parts.reduce((sum, [, ms]) => sum + ms, 0);
console.log(`\nWhere the ${profiled.cpuPerTurn.toFixed(0)} µs of a turn go (a profiled round, self time):`);
for (const [part, ms] of parts.slice(0, 14)) {
  console.log(`  ${((ms / busy) * 100).toFixed(1).padStart(5)}%  ${part}`);
}

redis.disconnect();
await children.stop();
rmSync(folder, { recursive: true, force: true });
