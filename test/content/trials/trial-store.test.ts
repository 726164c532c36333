import { readResult } from '../../../src/content/trials/trial-store';

describe('a trial that was kept', () => {
  const keptWith = (problem: unknown) => ({
    rehearsal: {
      played: 1,
      failed: [{ file: 'a.yaml', name: 'a', problems: [{ line: 1, said: '好', problem }] }],
      untried: [],
    },
    comparison: null,
    replayed: 0,
    differences: [],
  });

  it('is read as it is', () => {
    const kept = keptWith({ type: 'no-call' });
    expect(readResult(kept)).toEqual(kept);
  });

  it('of an earlier release, which kept problems in words, stays readable', () => {
    const [failed] = readResult(keptWith('step should be 1')).rehearsal.failed;
    expect(failed?.problems[0]?.problem).toEqual({ type: 'broken', message: 'step should be 1' });
  });
});
