import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { advance, newDialogState } from '../../src/dialogs/advance';
import { loadDialogs } from '../../src/dialogs/load';
import { AppError } from '../../src/errors';
import { context, meaning, plainPatterns } from '../support/dialogs';
import { intentNames } from '../support/shipped-dialogs';
import { reportFigure, SEED, size } from '../support/size';

/** Whatever an admin writes, pastes or breaks off in the middle: every document is taken or refused with clear errors. */
const DOCUMENTS = size({ test: 80, prove: 10_000 });
const folder = join(__dirname, '../../dialogs');
const load = (file: string, text: string) =>
  loadDialogs({ files: { 'patterns.yaml': plainPatterns, [file]: text }, intentNames });
/** Dialogs that hold together by themselves. */
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml') && name !== 'patterns.yaml' && name !== 'refusals.yaml')
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
  // A large one costs twenty times a small one and breaks in the same ways.
  .filter(({ file, text }) => text.length < 6000 && load(file, text).set !== null);

const hostile = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1e308,
  '',
  [],
  {},
  '__proto__',
  'constructor',
  'slots.constructor.constructor("return process")()',
  'slots.a.b.c == 1 && (',
  '1 in [1,2] ? slots : [slots, slots].map(x, x)',
  '{{ slots.x | join: slots }}',
  '{% for i in (1..100000000) %}{{ i }}{% endfor %}',
  "{% include '/etc/passwd' %}",
  '{{ constructor.constructor }}',
  '(a+)+$',
  '字'.repeat(5000),
  { zh: '{{ slots.__proto__ }}', en: 1 },
  { __proto__: { polluted: true } },
  [[[[[[[[[[]]]]]]]]]],
);
const scraps = fc.constantFrom(
  '\t',
  '\n',
  '- ',
  ': ',
  '&a [*a, *a]',
  '*nowhere',
  '<<: *a',
  '!!js/function "x"',
  '!!binary x',
  '{{',
  '%}',
  '"',
  "'",
  '|\n',
  '>-\n',
  '---\n',
  '? ',
  '\u0000',
  '\ud800',
  '#',
  'id: id\n',
  'next: nowhere\n',
);
/** How a value in a document is changed: where (as a share of its places), and to what. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  how: fc.constantFrom('put', 'drop', 'double', 'rename'),
  value: fc.oneof(hostile, fc.jsonValue({ maxDepth: 2 })),
});
type Change = { at: number; how: string; value: unknown };

/** Every place of a plain document: its holder and key. */
function placesIn(
  value: unknown,
  found: [holder: Record<string, unknown>, key: string][] = [],
): typeof found {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    found.push([holder, key]);
    placesIn(holder[key], found);
  }
  return found;
}

function changed(text: string, changes: Change[]): string {
  const document: unknown = parse(text);
  for (const { at, how, value } of changes) {
    const places = placesIn(document);
    const place = places[Math.min(places.length - 1, Math.floor(at * places.length))];
    if (!place) continue;
    const [holder, key] = place;
    if (how === 'put') holder[key] = value;
    else if (how === 'rename') holder[`${key}x`] = holder[key];
    else if (how === 'double' && Array.isArray(holder)) holder.push(holder[Number(key)]);
    else delete holder[key];
  }
  return stringify(document);
}
const cut = (text: string, from: number, length: number, scrap: string): string => {
  const at = Math.floor(from * text.length);
  return text.slice(0, at) + scrap + text.slice(at + Math.floor(length * 40));
};
const share = fc.double({ min: 0, max: 1, noNaN: true });
const documents = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...shipped), fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([{ file, text }, changes]) => ({ file, text: changed(text, changes) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...shipped), share, share, scraps)
      .map(([{ file, text }, from, length, scrap]) => ({ file, text: cut(text, from, length, scrap) })),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((text) => ({ file: 'x.yaml', text })),
  },
  {
    weight: 1,
    arbitrary: fc.jsonValue({ maxDepth: 4 }).map((value) => ({ file: 'x.yaml', text: stringify(value) })),
  },
);

/** Begins a dialog that was taken and says a few things to it: it may fail with an error of ours and no other. */
function converse(set: NonNullable<ReturnType<typeof load>['set']>): void {
  for (const dialog of set.dialogs.keys()) {
    try {
      let { state } = advance(set, newDialogState('zh'), { type: 'start', dialog }, context);
      for (const text of ['好', '2', '不对', '算了']) {
        const said = { type: 'utterance' as const, understanding: meaning(text), hasAttachment: false };
        ({ state } = advance(set, state, said, context));
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
}

describe('dialogs that were broken in every way', () => {
  it(
    'are taken, or refused with errors that have a place and a remedy',
    () => {
      let [taken, slowest] = [0, 0];
      fc.assert(
        fc.property(documents, ({ file: name, text }) => {
          const began = performance.now();
          const { set, problems } = load(name, text);
          slowest = Math.max(slowest, performance.now() - began);
          if (set) {
            taken += 1;
            converse(set);
          } else {
            expect(problems.length).toBeGreaterThan(0);
            for (const { file, line, message, remedy } of problems) {
              expect(file).toBe(name);
              expect(line).toBeGreaterThanOrEqual(1);
              expect(line).toBeLessThanOrEqual(text.split('\n').length + 1);
              expect(message.trim()).not.toBe('');
              expect(remedy.trim()).not.toBe('');
              expect(message).not.toMatch(/TypeError|undefined is not|Cannot read|\[object Object\]/);
            }
          }
          expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
        }),
        { numRuns: DOCUMENTS, seed: SEED },
      );
      reportFigure(
        `${DOCUMENTS} broken dialogs: taken / slowest to read, ms`,
        `${taken} / ${slowest.toFixed(0)}`,
      );
      // Some changes break nothing: were none taken, nothing would be tried here but the parser.
      expect(taken).toBeGreaterThan(0);
      expect(taken).toBeLessThan(DOCUMENTS);
    },
    size({ test: 60_000, prove: 1_800_000 }),
  );
});
