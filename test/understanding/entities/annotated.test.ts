import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseAreas } from '../../../src/understanding/entities/address/service-areas';
import { scoreEntities } from '../../../src/understanding/entities/evaluate/score-entities';
import { createFindEntities } from '../../../src/understanding/entities/find-entities';
import { readYamlFolder } from '../../../src/understanding/intent-file';
import { shippedLexicon } from '../../support/intents';
import { reportFigure } from '../../support/size';

const rowSchema = z.object({
  text: z.string(),
  entities: z.array(z.object({ type: z.string(), start: z.number(), end: z.number() })),
});
const rowsOf = (name: string) =>
  readFileSync(join(__dirname, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => rowSchema.parse(JSON.parse(line)));

const { areas } = parseAreas(readYamlFolder(join(__dirname, '../../../intents/entities')));
const findEntities = createFindEntities({ lexicon: shippedLexicon.lexicon, areas }, 'Asia/Shanghai');
/** 24 November 2026, 10:00 in Shanghai. */
const now = Date.UTC(2026, 10, 24, 2);

describe.each(['annotated.jsonl', 'blind.jsonl', 'blind-2.jsonl'])('the entities of %s', (name) => {
  const rows = rowsOf(name);
  const { all, kinds } = scoreEntities(rows, (text) => findEntities(text, now).entities);

  it('are annotated in messages that are all different, each at a place that is there', () => {
    expect(new Set(rows.map(({ text }) => text)).size).toBe(rows.length);
    for (const { text, entities } of rows)
      for (const { start, end } of entities) expect(text.slice(start, end).trim()).not.toBe('');
  });

  it.each(kinds)('of type $type are found ($right of $expected, $found reported)', (score) => {
    const { type, precision, recall, expected } = score;
    reportFigure(
      `entities of ${name}: ${type}, precision / recall`,
      `${precision.toFixed(2)} / ${recall.toFixed(2)} of ${expected}`,
    );
    expect(precision).toBeGreaterThanOrEqual(0.8);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });

  it('are right together at least at the measured rate', () => {
    reportFigure(
      `entities of ${name}: precision / recall`,
      `${all.precision.toFixed(3)} / ${all.recall.toFixed(3)}`,
    );
    expect(all.precision).toBeGreaterThan(0.96);
    expect(all.recall).toBeGreaterThan(0.96);
  });
});

describe('the annotated messages', () => {
  it('are at least four hundred, none of them in both halves', () => {
    const [seen, blind] = [rowsOf('annotated.jsonl'), rowsOf('blind.jsonl')];
    expect(seen.length + blind.length).toBeGreaterThanOrEqual(400);
    expect(blind.length).toBeGreaterThanOrEqual(120);
    const texts = new Set(seen.map(({ text }) => text));
    expect(blind.filter(({ text }) => texts.has(text))).toEqual([]);
  });
});
