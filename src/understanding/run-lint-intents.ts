import { join } from 'node:path';
import { describeProblems } from '../contract/problem';
import { parseIntents, readYamlFolder } from './intent-file';
import { parseLexicon } from './lexicon';
import { lintIntents } from './lint-intents';

/** `npm run intents:lint`: what makes the classifier worse. Ends with 1 when there is anything to mend. */
const root = join(__dirname, '../..');
const { intents, problems } = parseIntents(readYamlFolder(join(root, 'intents')));
const { lexicon, problems: ofLexicon } = parseLexicon(readYamlFolder(join(root, 'intents/entities')));
const warnings = lintIntents(intents, lexicon);
const lines = [
  ...(problems.length > 0 ? [describeProblems(problems)] : []),
  ...(ofLexicon.length > 0 ? [describeProblems(ofLexicon)] : []),
  ...warnings.map(({ intent, message, remedy }) => `intents/${intent}.yaml: ${message}; ${remedy}`),
];
const total = intents.reduce((sum, { examples }) => sum + examples.zh.length + examples.en.length, 0);
console.log(
  lines.length > 0 ? lines.join('\n') : `${intents.length} intents, ${total} examples: nothing to mend.`,
);
process.exitCode = lines.length > 0 ? 1 : 0;
