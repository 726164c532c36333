/**
 * Keeps the children of the server: it starts what its first line of input names, reports on its output, and ends
 * them cleanly when its input ends. A server that is killed closes that pipe too, so nothing is left behind. It runs in
 * a session of its own: Ctrl-C reaches the server alone, which ends the children after itself.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Milliseconds a child gets to end by itself. */
const PATIENCE_MS = 15_000;

const report = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
// Nobody may be listening any more.
process.stdout.on('error', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const children = [];

function start(spec) {
  const { name, command, args, options, stopSignal, readyPattern } = spec;
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const ready = new RegExp(readyPattern);
  let tail = '';
  let isReady = false;
  const hear = (chunk) => {
    tail = (tail + chunk).slice(-2000);
    if (isReady || !ready.test(tail)) return;
    isReady = true;
    report({ type: 'ready', name });
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.on('error', (error) => report({ type: 'ended', name, tail: error.message }));
  const ended = new Promise((resolve) => child.once('close', resolve));
  ended.then(() => report({ type: 'ended', name, tail }));
  children.push({ child, ended, stopSignal });
}

async function stop({ child, ended, stopSignal }) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill(stopSignal);
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => start(JSON.parse(line)));
lines.once('close', async () => {
  await Promise.all(children.map(stop));
  process.exit(0);
});
