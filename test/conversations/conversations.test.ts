import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createRecognizer } from '../../src/understanding/recognizer';
import { createUnderstand } from '../../src/understanding/understand';
import { checkLine } from '../support/check-line';
import { answerIntents, shippedExamples, shippedModel, shippedNames } from '../support/intents';
import { shippedKnowledge } from '../support/knowledge';
import { createPlayer } from '../support/play';
import { outcomesSchema, type Script, scriptFileSchema } from '../support/script';

/** Scripted conversations through the shipped dialogs, the shipped intents and everything between. */
const read = (name: string): unknown => parse(readFileSync(join(__dirname, name), 'utf8'));
const files = readdirSync(__dirname).filter((name) => name.endsWith('.yaml') && name !== 'outcomes.yaml');
const scripts = files.flatMap((file) =>
  scriptFileSchema.parse(read(file)).map((script): [string, Script] => [`${file}: ${script.name}`, script]),
);
const outcomes = outcomesSchema.parse(read('outcomes.yaml'));
const recognizer = createRecognizer(shippedModel(), { answerIntents });
const { dialogs: set } = shippedKnowledge();
const understand = createUnderstand({ recognizer, timeZone: 'Asia/Shanghai', ...shippedNames });

/** Every problem of a conversation at once, each with its line. */
function problemsOf(script: Script): string[] {
  const player = createPlayer({ set, understand, outcomes }, script);
  return script.lines.flatMap((line, i) => {
    const played = player.play(line);
    const words = 'say' in line ? line.say : JSON.stringify(line);
    return checkLine(line, played, player.state).map((problem) => `line ${i + 1} "${words}": ${problem}`);
  });
}

describe('conversations', () => {
  it('are at least 380', () => {
    process.stdout.write(`${scripts.length} scripted conversations in ${files.length} files\n`);
    expect(scripts.length).toBeGreaterThanOrEqual(380);
  });

  it('have customers who say nothing that stands word for word among the examples', () => {
    const known = new Set(shippedExamples.map(({ text }) => text));
    const openings = scripts.flatMap(([, { lines }]) =>
      lines.flatMap((line) => ('say' in line ? [line.say] : [])),
    );
    const long = openings.filter((text) => text.length > 8 && known.has(text));
    expect(long).toEqual([]);
  });

  it.each(scripts)('%s', (_name, script) => {
    expect(problemsOf(script)).toEqual([]);
  });
});
