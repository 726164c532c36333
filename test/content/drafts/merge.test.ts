import fc from 'fast-check';
import { applyChanges, changesBetween } from '../../../src/content/changes';
import { hasConflictMarks, mergeChanges } from '../../../src/content/drafts/merge';

const text = fc
  .array(fc.constantFrom('a: 1', 'b: 2', '# note', '', '  c: 3\r', '- d'), { maxLength: 8 })
  .map((lines) => lines.join('\n'));
const files = fc.dictionary(fc.constantFrom('dialogs/a.yaml', 'dialogs/b.yaml', 'intents/c.yaml'), text, {
  noNullPrototype: true,
});

describe('changes', () => {
  it('lead from any files to any others, and are none between the same', () => {
    fc.assert(
      fc.property(files, files, (before, after) => {
        expect(applyChanges(before, changesBetween(before, after))).toEqual(after);
        expect(changesBetween(after, after)).toEqual({});
      }),
    );
  });
});

describe('merging two changes of one version', () => {
  it('takes what only one side changed, byte by byte', () => {
    fc.assert(
      fc.property(files, files, (base, changed) => {
        const mine = mergeChanges(base, changesBetween(base, changed), base);
        expect(applyChanges(base, mine.changes)).toEqual(changed);
        const theirs = mergeChanges(base, {}, changed);
        expect(applyChanges(changed, theirs.changes)).toEqual(changed);
        const both = mergeChanges(base, changesBetween(base, changed), changed);
        expect([both.changes, both.conflicts]).toEqual([{}, []]);
      }),
    );
  });

  it('loses no file and no side without a conflict that shows both', () => {
    fc.assert(
      fc.property(files, files, files, (base, mine, theirs) => {
        const changes = changesBetween(base, mine);
        const { changes: joined, conflicts } = mergeChanges(base, changes, theirs);
        const after = applyChanges(theirs, joined);
        const open = new Set(conflicts.map(({ path }) => path));
        for (const path of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
          if (open.has(path)) continue;
          const isMineUntouched = (mine[path] ?? null) === (base[path] ?? null);
          if (isMineUntouched) expect(after[path]).toBe(theirs[path]);
        }
        for (const conflict of conflicts) {
          expect(hasConflictMarks(conflict.merged)).toBe(true);
          expect(conflict.mine).toBe(mine[conflict.path] ?? null);
          expect(conflict.theirs).toBe(theirs[conflict.path] ?? null);
        }
      }),
    );
  });

  it('joins changes of different lines, and shows both of the same line', () => {
    const base = { 'dialogs/a.yaml': 'one\ntwo\nthree\nfour\nfive\n' };
    const theirs = { 'dialogs/a.yaml': 'ONE\ntwo\nthree\nfour\nfive\n' };
    const clean = mergeChanges(base, { 'dialogs/a.yaml': 'one\ntwo\nthree\nfour\nFIVE\n' }, theirs);
    expect(clean.merged).toEqual({ 'dialogs/a.yaml': 'ONE\ntwo\nthree\nfour\nFIVE\n' });
    const { conflicts, changes } = mergeChanges(
      base,
      { 'dialogs/a.yaml': 'uno\ntwo\nthree\nfour\nfive\n' },
      theirs,
    );
    expect(changes).toEqual({});
    expect(conflicts[0]?.merged).toBe(
      '<<<<<<< mine\nuno\n=======\nONE\n>>>>>>> theirs\ntwo\nthree\nfour\nfive\n',
    );
  });

  it('asks when one removed what the other changed', () => {
    const base = { 'dialogs/a.yaml': 'one\n' };
    expect(
      mergeChanges(base, { 'dialogs/a.yaml': null }, { 'dialogs/a.yaml': 'two\n' }).conflicts,
    ).toHaveLength(1);
    expect(mergeChanges(base, { 'dialogs/a.yaml': 'two\n' }, {}).conflicts).toHaveLength(1);
  });
});
