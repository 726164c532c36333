import { addLogRatios } from '../../src/understanding/log-ratios';
import type { TrainingSet } from '../../src/understanding/svm';

const document = (...indexes: number[]) => ({
  indexes: Int32Array.from(indexes),
  values: Float32Array.from(indexes, () => 1),
});
/** Feature 0 occurs in class 0 alone, feature 1 in class 1 alone, feature 2 in both alike. */
const training: TrainingSet = {
  documents: [document(0, 2), document(0, 2), document(1, 2), document(1, 2)],
  labels: Int32Array.from([0, 0, 1, 1]),
  classes: 2,
  rows: 3,
};

describe('log ratios', () => {
  const added = (share: number): number[] => {
    const weights = new Float32Array((training.rows + 1) * training.classes);
    addLogRatios(weights, training, share);
    return [...weights];
  };

  it('speak for the class that a feature occurs in and against the other', () => {
    const [forFirst = 0, againstSecond = 0, againstFirst = 0, forSecond = 0] = added(1);
    expect(forFirst).toBeGreaterThan(1);
    expect(againstSecond).toBeLessThan(-1);
    expect(forSecond).toBeCloseTo(forFirst);
    expect(againstFirst).toBeCloseTo(againstSecond);
  });

  it('say nothing of a feature that all classes share, and leave the bias alone', () => {
    const weights = added(1);
    expect(weights[4]).toBeCloseTo(0);
    expect(weights[5]).toBeCloseTo(0);
    expect(weights.slice(6)).toEqual([0, 0]);
  });

  it('count by their share', () => {
    const [whole = 0] = added(1);
    expect(added(0.02)[0]).toBeCloseTo(0.02 * whole);
  });
});
