import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseContent } from '../../src/content/content';
import { createStoredParse, releaseOf } from '../../src/content/parsed-folder';
import { tinyContent, withWords } from '../support/tiny-content';

describe('createStoredParse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parsed-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const kept = () => readdirSync(folder);
  /** Without functions, and whichever realm its objects were made in. */
  const told = (parsed: ReturnType<typeof parseContent>) => ({
    version: parsed.version,
    training: JSON.stringify(parsed.training),
    dialogs: JSON.stringify([...parsed.dialogs.dialogs.entries()]),
    byIntent: [...parsed.dialogs.byIntent],
    answerIntents: [...parsed.answerIntents],
    warnings: JSON.stringify(parsed.warnings),
    holds: parsed.dialogs.holds.length,
  });

  it('comes to what was read before, and reads anew what was cut off', () => {
    const parse = createStoredParse(folder, 'one');
    const plain = told(parseContent(tinyContent));
    expect(told(parse(tinyContent))).toEqual(plain);
    const [name = ''] = kept();
    expect(told(parse(tinyContent))).toEqual(plain);
    truncateSync(join(folder, name), 100);
    expect(told(parse(tinyContent))).toEqual(plain);
    expect(kept()).toEqual([name]);
  });

  it('keeps each version by itself, and nothing that another release has read', () => {
    const parse = createStoredParse(folder, 'two');
    parse(tinyContent);
    parse(withWords(tinyContent, '多谢'));
    expect(kept()).toHaveLength(2);
    expect(kept().every((name) => name.endsWith('-two.parsed'))).toBe(true);
  });

  it('throws what is wrong with files, and keeps nothing of a build of unknown source', () => {
    const before = kept();
    expect(() =>
      createStoredParse(folder, 'two')({ ...tinyContent, 'dialogs/praise.yaml': 'id: x' }),
    ).toThrow();
    expect(releaseOf(join(folder, 'none'))).toBeNull();
    createStoredParse(folder, null)(withWords(tinyContent, '好'));
    expect(kept()).toEqual(before);
  });
});
