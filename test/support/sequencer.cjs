const { readFileSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** What makes a file long, in lines of a plain one: pages, servers of their own, processes that are killed. */
const WEIGHTS = [
  [/launchBrowser\(/, 600],
  [/startTestApp\(|startServerProcess\(|startApp\(/, 400],
  [/start\.mjs/, 800],
  [/kill/i, 300],
];

const weights = new Map();
function weightOf({ path }) {
  if (!weights.has(path)) {
    const text = readFileSync(path, 'utf8');
    const extra = WEIGHTS.reduce((sum, [sign, weight]) => sum + (sign.test(text) ? weight : 0), 0);
    weights.set(path, text.split('\n').length + extra);
  }
  return weights.get(path);
}

/**
 * Begins with the longest files, so that no core is idle at the end: those that took longest in an earlier run, else
 * those that look so.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    if (tests.some((test) => this.time(test) !== undefined)) return super.sort(tests);
    return [...tests].sort((one, other) => weightOf(other) - weightOf(one));
  }
};
