/** Where the time of a process went: self time of a V8 CPU profile by the part of the code that it was spent in. */
import { readFileSync } from 'node:fs';

const partOf = ({ url, functionName }) => {
  if (functionName === '(idle)') return null;
  if (functionName.startsWith('(')) return functionName;
  const vendor = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (vendor) return vendor;
  const own = /\/dist\/(.+?)\.js/.exec(url)?.[1];
  if (own) return own;
  return url.startsWith('node:') ? url.split('/').slice(0, 2).join('/') : 'V8 and native';
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
