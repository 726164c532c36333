import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Argument, type CallExpression, parseSync } from '@swc/core';
import { readContent } from '../../../src/content/content';
import { problemWords } from '../../../src/web/admin/state/problem-words';

/** Where content is read and checked. */
const CHECKS = ['dialogs', 'content', 'sla', 'understanding', 'retention'];
const root = join(__dirname, '../../../src');

const sources = CHECKS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name)),
);

/** The text of a literal, with "甲" for what is put in; null for anything else. */
function literalOf({ expression }: Argument): string | null {
  if (expression.type === 'StringLiteral') return expression.value;
  if (expression.type !== 'TemplateLiteral') return null;
  return expression.quasis.map(({ cooked }) => cooked ?? '').join('甲');
}

/** Every call below a node of a syntax tree. */
function* callsBelow(node: unknown): Generator<CallExpression> {
  if (typeof node !== 'object' || node === null) return;
  // The tree's own shape: whatever says that it is a call is one.
  if ('type' in node && node.type === 'CallExpression') yield node as CallExpression;
  for (const part of Object.values(node)) yield* callsBelow(part);
}

function nameOf({ callee }: CallExpression): string {
  const named = callee.type === 'MemberExpression' ? callee.property : callee;
  return named.type === 'Identifier' ? named.value : '';
}

/** What the checks report, as it stands in their source: `report(path, message, remedy)` and its like. */
function reported(): { message: string; remedy: string; where: string }[] {
  return sources.flatMap((path) => {
    const tree = parseSync(readFileSync(path, 'utf8'), { syntax: 'typescript' });
    return [...callsBelow(tree)].flatMap((call) => {
      const least = { report: 2, at: 3, warn: 3 }[nameOf(call)];
      if (least === undefined || call.arguments.length < least) return [];
      const [message, remedy] = call.arguments.slice(-2).map(literalOf);
      return message && remedy ? [{ message, remedy, where: path.slice(root.length) }] : [];
    });
  });
}

/** Words that stay as they are: names of settings, files and kinds. */
const NAMES =
  /bot-progress|complaint-answer|accounts\.manage|internal|promise|hosts|article|slot|calendars|dispositions|patterns|intents|dialogs|knowledge|YAML|Tab|yaml|md|complaint/g;

describe('problems of content in Chinese', () => {
  it('are all that the checks report', () => {
    // Of what kind it is stands in the text: see below.
    const all = reported().filter(({ message }) => message !== 'not a valid 甲: 甲');
    expect(all.length).toBeGreaterThan(50);
    const english = all.filter(({ message, remedy }) =>
      /[a-z]{2,}/i.test(problemWords({ message, remedy }, 'zh').replace(NAMES, '')),
    );
    expect(english).toEqual([]);
  });

  it.each([
    ['not a valid expression: slots.x ==', 'mend the expression', '条件写得不对：slots.x ==。请改正。'],
    ['not a valid text: {{ x |', 'mend the text', '文字里的变量写得不对：{{ x |。请改正。'],
  ])('keep what was written: %s', (message, remedy, words) => {
    expect(problemWords({ message, remedy }, 'zh')).toBe(words);
  });

  it.each([
    ['dialogs/a.yaml', 'id: a\nid: b', /同一项写了两次/],
    ['dialogs/a.yaml', 'id: a\n\tintents: []', /Tab/],
    ['dialogs/a.yaml', 'id: "a', /引号没有成对/],
    ['dialogs/a.yaml', 'id: a: b', /含冒号的文字请加引号/],
    ['dialogs/a.yaml', 'id: a\nsteps: nothing', /应为 array，现在是 string/],
    ['dialogs/a.yaml', 'id: a\nsteps: []\nwhatever: 1', /不认识的项“whatever”。删除它，或改正名字/],
    ['intents/a.yaml', 'id: a\nexamples: {zh: [1], en: []}', /应为 string，现在是 number/],
  ])('are what a reader of YAML and shapes says of %s: %j', (file, text, words) => {
    const said = readContent({ [file]: text })
      .problems.filter((problem) => problem.file === file)
      .map((problem) => problemWords(problem, 'zh'));
    expect(said.join('\n')).toMatch(words);
    expect(said.join('\n')).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/i);
  });
});
