/** `npm run prove`: the heavy proofs at full size, then their figures. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, checkNode, ensurePrograms, giveUp, installPackages, runTool } from './prepare.mjs';
import { testPrograms } from './test-programs.mjs';

checkNode();
installPackages();
ensurePrograms(testPrograms);
await build();
const figures = join(mkdtempSync(join(tmpdir(), 'figures-')), 'figures.jsonl');
const env = { ...process.env, PROVE: '1', FIGURES_FILE: figures };
const isProven = runTool(
  'jest/bin/jest.js',
  [
    '--ci',
    // Full sizes take minutes; what hangs is still ended.
    '--testTimeout=1800000',
    '--testPathPatterns',
    'test/(chaos|handoff|incidents|work-orders|customers|dialogs|sla|conversations|understanding|channels|e2e/(widget|desk.test))',
    ...process.argv.slice(2),
  ],
  { env },
);
console.log('\nFigures');
for (const line of existsSync(figures) ? readFileSync(figures, 'utf8').trim().split('\n') : []) {
  const { name, value } = JSON.parse(line);
  console.log(`  ${name}: ${value}`);
}
if (!isProven) giveUp('A proof failed, see above.');
