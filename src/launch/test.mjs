/** `npm test`: everything that proves the project, from a fresh clone. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, checkNode, ensurePrograms, giveUp, installPackages, root, run, runTool } from './prepare.mjs';
import { testPrograms } from './test-programs.mjs';

const checks = [
  ['Format and lint', () => run(join(root, 'node_modules/.bin/biome'), ['ci', '--error-on-warnings', '.'])],
  [
    'Boundaries',
    () =>
      runTool('dependency-cruiser/bin/dependency-cruise.mjs', [
        'src',
        '--config',
        '.ci/dependency-cruiser.cjs',
        '--output-type',
        'err',
      ]),
  ],
  [
    'Types',
    () =>
      ['.', 'src/web', 'src/web/agent', 'src/web/admin'].every((part) =>
        runTool('typescript/bin/tsc', ['--noEmit', '-p', part]),
      ),
  ],
  [
    'Tests',
    () =>
      runTool(
        'jest/bin/jest.js',
        [
          '--ci',
          '--reporters=default',
          `--reporters=${join(root, 'test/support/closing-line.cjs')}`,
          ...process.argv.slice(2),
        ],
        {
          env: {
            ...process.env,
            FIGURES_FILE: join(mkdtempSync(join(tmpdir(), 'figures-')), 'figures.jsonl'),
          },
        },
      ),
  ],
];

checkNode();
installPackages();
ensurePrograms(testPrograms);
await build();
for (const [name, check] of checks) {
  console.log(`\n== ${name}`);
  if (!check()) giveUp(`${name}: failed, see above.`);
}
