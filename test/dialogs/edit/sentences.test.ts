import { join } from 'node:path';
import fc from 'fast-check';
import { isScalar, parseDocument, visit } from 'yaml';
import { printSentence, type Relation, readSentence } from '../../../src/dialogs/edit/sentences';
import { readYamlFolder } from '../../../src/understanding/intent-file';

/** Every `when` and `skipWhen` of the shipped dialogs. */
function shippedConditions(): string[] {
  const found: string[] = [];
  for (const text of Object.values(readYamlFolder(join(__dirname, '../../../dialogs'))))
    visit(parseDocument(text), {
      Pair(_key, { key, value }) {
        const isCondition = isScalar(key) && (key.value === 'when' || key.value === 'skipWhen');
        if (isCondition && isScalar(value) && typeof value.value === 'string') found.push(value.value);
      },
    });
  return found;
}

describe('a condition as a sentence', () => {
  it('is written back letter by letter, for most of what ships', () => {
    const all = shippedConditions();
    const read = all.flatMap((text) => {
      const sentence = readSentence(text);
      return sentence ? [[text, printSentence(sentence)] as const] : [];
    });
    expect(all.length).toBeGreaterThan(300);
    expect(read.length / all.length).toBeGreaterThan(0.75);
    for (const [text, back] of read) expect(back).toBe(text);
  });

  it('is read from what it was written as, whatever is compared', () => {
    const relation = fc.constantFrom<Relation>(
      'is',
      'is-not',
      'at-least',
      'at-most',
      'more-than',
      'less-than',
    );
    const compared = fc.record({
      subject: fc.constantFrom('slots.a', 'slots.a.b.c', 'customer.phone'),
      relation,
      value: fc.oneof(
        fc.nat(),
        fc.string({ unit: fc.constantFrom('光', '路', "'", '\\', '"', ' ', 'x', '{', '&') }),
      ),
    });
    const alone = fc.record({
      subject: fc.constantFrom('slots.a', 'isStaffed'),
      relation: fc.constantFrom<Relation>(
        'is-known',
        'is-unknown',
        'is-true',
        'is-false',
        'holds',
        'holds-not',
      ),
      value: fc.constant(null),
    });
    const clauses = fc.array(fc.oneof(compared, alone), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.record({ join: fc.constantFrom('and' as const, 'or' as const), clauses }),
        (sentence) => {
          expect(readSentence(printSentence(sentence))).toEqual(sentence);
        },
      ),
    );
  });

  it.each<[string, Relation]>([
    ["slots.test.verdict == 'x'", 'is'],
    ["slots.a != 'x'", 'is-not'],
    ['slots.a != null', 'is-known'],
    ['slots.a == null', 'is-unknown'],
    ['slots.a == true', 'is-true'],
    ['slots.a == false', 'is-false'],
    ['isStaffed', 'holds'],
    ['!slots.a.isCovered', 'holds-not'],
    ["'phone' in news", 'is-said'],
    ['slots.rounds >= 2', 'at-least'],
    ['slots.rounds <= 2', 'at-most'],
    ['slots.rounds > 2', 'more-than'],
    ['slots.rounds < 2', 'less-than'],
  ])('is read as dialogs write it: %s', (text, relation) => {
    expect(readSentence(text)?.clauses).toMatchObject([{ relation }]);
    expect(readSentence(`${text} || ${text}`)).toMatchObject({ join: 'or', clauses: [{}, {}] });
  });

  it.each([
    'slots.a == null || slots.b == null && slots.c == null',
    'slots.a == "x"',
    "slots.a  == 'x'",
    'size(slots.list) > 0',
    'slots.a ? true : false',
    'slots.a &&',
    "slots.a in ['x']",
    '-1 < slots.n',
  ])('is left as it is written where it has another shape: %s', (text) => {
    expect(readSentence(text)).toBeNull();
  });
});
