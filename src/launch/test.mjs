/** `npm test`: everything that proves the project, from a fresh clone. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  build,
  checkNode,
  ensurePrograms,
  giveUp,
  installPackages,
  root,
  runBeside,
  runTool,
} from './prepare.mjs';
import { testPrograms } from './test-programs.mjs';

const boundaries = ['src', '--config', '.ci/dependency-cruiser.cjs', '--output-type', 'err'];
const types = (part) => [`Types of ${part}`, 'typescript/bin/tsc', ['--noEmit', '-p', part]];

/** What is read and not run: the checks of a list one after another, the lists and the build side by side. */
const checks = [
  [types('.')],
  [
    ['Format and lint', '@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']],
    ['Boundaries', 'dependency-cruiser/bin/dependency-cruise.mjs', boundaries],
    types('src/web'),
    types('src/web/agent'),
    types('src/web/admin'),
  ],
];

/** Each check shows what it says in one piece, once it has ended; answers the names of those that failed. */
async function runChecks(list) {
  const failed = [];
  for (const [name, program, args] of list) {
    let said = '';
    const isPassed = await runBeside(program, args, (text) => {
      said += text;
    });
    console.log(`\n== ${name}: ${isPassed ? 'passed' : 'failed'}\n${said}`.trimEnd());
    if (!isPassed) failed.push(name);
  }
  return failed;
}

function runTests() {
  console.log('\n== Tests');
  const closingLine = join(root, 'test/support/closing-line.cjs');
  const args = ['--ci', '--reporters=default', `--reporters=${closingLine}`, ...process.argv.slice(2)];
  const FIGURES_FILE = join(mkdtempSync(join(tmpdir(), 'figures-')), 'figures.jsonl');
  return runTool('jest/bin/jest.js', args, { env: { ...process.env, FIGURES_FILE } });
}

checkNode();
installPackages();
ensurePrograms(testPrograms);
const [, ...failed] = await Promise.all([build(), ...checks.map(runChecks)]);
if (failed.flat().length > 0) giveUp(`${failed.flat().join(', ')}: failed, see above.`);
if (!runTests()) giveUp('Tests: failed, see above.');
