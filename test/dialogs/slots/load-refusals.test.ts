import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '../../../src/contract/problem';
import { refusalReasons } from '../../../src/contract/refusals';
import { loadRefusals } from '../../../src/dialogs/slots/load-refusals';

const shipped = readFileSync(join(__dirname, '../../../dialogs/refusals.yaml'), 'utf8');
const problemsOf = (text: string | undefined): ContentProblem[] => {
  const problems: ContentProblem[] = [];
  loadRefusals(text, problems);
  return problems;
};
const file = (kinds: string) =>
  `other-kind: { zh: 甲, en: a }\nmasked: { zh: 乙, en: b }\nkinds:\n${kinds}\n`;

describe('the words of refusals', () => {
  it('are shipped for every reason, each with an example in both languages', () => {
    const words = loadRefusals(shipped, []);
    for (const [kind, reasons] of Object.entries(refusalReasons))
      for (const reason of reasons) {
        const text = words?.kinds[kind]?.reasons[reason];
        expect({ kind, reason, zh: text?.zh }).toMatchObject({
          zh: expect.stringMatching(/例如|可以这样说/),
        });
        expect({ kind, reason, en: text?.en }).toMatchObject({ en: expect.stringContaining('or example') });
      }
  });

  it('may be missing', () => {
    expect([loadRefusals(undefined, []), problemsOf(undefined)]).toEqual([null, []]);
  });

  it.each([
    ['  phone: { name: { zh: 号, en: n }, reasons: { late: { zh: 晚, en: l } } }', 4, 'refused for "late"'],
    ['  cat: { name: { zh: 猫, en: c }, reasons: { check: { zh: 错, en: w } } }', 4, 'refused for "check"'],
    ['  phone: { name: { zh: 号, en: n }, reasons: { check: { zh: "{{ x", en: w } } }', 4, ''],
    ['  phone: { name: { zh: 号 } }', 4, ''],
  ])('are refused with line and remedy: %s', (kinds, line, message) => {
    const [problem] = problemsOf(file(kinds));
    expect(problem).toMatchObject({ file: 'refusals.yaml', line });
    expect(problem?.message).toContain(message);
  });
});
