/** Run with `--expose-gc`: prints by how many bytes the process grows that serves the model in the file it is given. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const built = join(__dirname, '../../dist/understanding');
const { readModel } = require(join(built, 'store-model.js'));
const { createRecognizer } = require(join(built, 'recognizer.js'));

const [, , modelFile, messagesFile] = process.argv;
const messages = readFileSync(messagesFile, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line).text);
const settle = () => {
  for (let round = 0; round < 3; round += 1) global.gc();
  return process.memoryUsage().rss;
};
const before = settle();
const recognizer = createRecognizer(readModel(readFileSync(modelFile)), { answerIntents: new Set() });
for (const text of messages) recognizer.recognize(text);
console.log(settle() - before);
