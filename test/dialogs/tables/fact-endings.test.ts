import { endingWarnings, factEndings } from '../../../src/dialogs/tables/fact-endings';
import { loadTables } from '../../../src/dialogs/tables/load-tables';

const facts = loadTables(
  {
    'fees.csv': `key,place,from,until,price:yuan
visit,,,2026-11-28,50
move,,,2026-06-30,50
move,,2026-07-01,2026-12-29,60
install,南京市,,2026-12-30,1
debug,,,2026-10-01,1
debug,,2026-10-02,,2
`,
  },
  [],
  { problems: [], warnings: [] },
);

describe('facts that run out', () => {
  it('are told when they have, or will within thirty days, soonest first', () => {
    const warnings = endingWarnings(factEndings(facts), '2026-11-29');
    expect(warnings.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'dialogs/tables/fees.csv:2 "visit" has run out on 2026-11-28',
      'dialogs/tables/fees.csv:4 "move" runs out on 2026-12-29',
    ]);
    expect(endingWarnings(factEndings(facts), '2026-11-30').at(-1)?.message).toBe(
      '"install 南京市" runs out on 2026-12-30',
    );
  });
});
