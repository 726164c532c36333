import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ContentProblem } from '../../../src/contract/problem';
import { parseTable } from '../../../src/dialogs/tables/parse-table';
import { SEED, size } from '../../support/size';

/** Whatever comes out of a spreadsheet or is broken off in the middle: it is taken, or refused with clear problems. */
const folder = join(__dirname, '../../../dialogs/tables');
const shipped = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
const scraps = fc.constantFrom(
  '"',
  '""',
  ',',
  '\t',
  ';',
  '\r\n',
  '\r',
  '\0',
  '\ufeff',
  '\ufffd',
  '=1+1',
  '@SUM(A1)',
  '{{ facts.fees.install.price }}',
  '2026-13-01',
  '9999-12-31',
  '0000-01-01',
  '南京市',
  '-0',
  '1e9',
  '__proto__',
  'constructor:text',
  '字'.repeat(300),
);
const broken = fc
  .tuple(fc.constantFrom(...shipped), fc.array(fc.tuple(fc.nat(), fc.nat(4), scraps), { maxLength: 6 }))
  .map(([text, cuts]) =>
    cuts.reduce((now, [at, length, scrap]) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + scrap + now.slice(place + length);
    }, text),
  );

describe('tables that anybody wrote', () => {
  it('are taken or refused, each problem with its line and remedy, and nothing dangerous is said', () => {
    let refused = 0;
    fc.assert(
      fc.property(broken, (text) => {
        const problems: ContentProblem[] = [];
        const table = parseTable('tables/a.csv', text, { problems, warnings: [] }, null);
        const lines = text.split(/\r\n|\r|\n/).length;
        for (const { line, message, remedy } of problems) {
          expect(line >= 1 && line <= lines).toBe(true);
          expect(message.length > 0 && message.length < 200 && remedy.length > 0).toBe(true);
        }
        if (problems.length > 0) refused += 1;
        for (const { values, from, until } of table?.rows ?? []) {
          expect(from === null || until === null || from <= until).toBe(true);
          for (const { zh, en } of Object.values(values))
            for (const said of [zh, en]) expect(said).not.toMatch(/^[=+@-]\D|[{}\0\ufffd\r\n]/);
        }
      }),
      { numRuns: size({ test: 500, prove: 10_000 }), seed: SEED },
    );
    expect(refused).toBeGreaterThan(100);
  });
});
