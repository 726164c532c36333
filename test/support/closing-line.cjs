const { existsSync, readFileSync } = require('node:fs');

/** What tests have measured, each figure once, the last one said. */
function figures() {
  const file = process.env.FIGURES_FILE;
  if (!file || !existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return [...new Map(lines.map(({ name, value }) => [name, value]))];
}

/** A jest reporter: what was measured, and last how many tests passed and failed. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites }) {
    const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites;
    const measured = figures();
    process.on('exit', () => {
      if (measured.length > 0)
        console.log('\nFigures, heavy proofs at reduced size (`npm run prove` has them in full)');
      for (const [name, value] of measured) console.log(`  ${name}: ${value}`);
      console.log(`\n${numPassedTests} passed, ${failed} failed`);
    });
  }
};
