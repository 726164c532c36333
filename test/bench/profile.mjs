/** Where the time of a process went: self time of a V8 CPU profile by the part of the code that it was spent in. */
import { readFileSync } from 'node:fs';

const groups = [
  [/node_modules\/(ioredis|redis-parser|standard-as-callback|@ioredis)/, 'ioredis'],
  [/node_modules\/(restify|find-my-way)/, 'restify'],
  [/node_modules\/(zod)\//, 'zod'],
  [/node_modules\/(jose)\//, 'jose: tokens'],
  [/node_modules\/(ws)\//, 'ws'],
  [/node_modules\/(pg|kysely|pg-protocol|pg-pool)/, 'Postgres client'],
  [/node_modules\/(liquidjs|@marcbachmann)/, 'texts and conditions of dialogs'],
  [/(node_modules\/(opencc-js|pinyin-pro|@microsoft))|dist\/understanding/, 'understanding'],
  [/dist\/dialogs/, 'dialogs'],
  [/dist\/turns/, 'turns'],
  [/dist\/channels|dist\/http/, 'channels and routes'],
  [/dist\//, 'other code of ours'],
  [/^node:/, 'Node: sockets, streams, HTTP, timers'],
];

/** Null for idle time. */
const partOf = ({ url, functionName }) => {
  if (functionName === '(idle)') return null;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName.startsWith('(')) return 'program';
  return (
    groups.find(([pattern]) => pattern.test(url))?.[1] ?? 'V8 and system calls (mostly writes to sockets)'
  );
};

/** Answers [part, milliseconds] pairs, most first. */
export function sumProfile(file) {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const sums = new Map();
  samples.forEach((id, i) => {
    const part = partOf(byId.get(id).callFrame);
    if (part) sums.set(part, (sums.get(part) ?? 0) + timeDeltas[i] / 1000);
  });
  return [...sums].sort((a, b) => b[1] - a[1]);
}
