/** A jest reporter: the last line says how many tests passed and failed. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites }) {
    const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites;
    this.line = `${numPassedTests} passed, ${failed} failed`;
    process.on('exit', () => console.log(`\n${this.line}`));
  }
};
