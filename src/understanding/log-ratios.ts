import type { TrainingSet } from './svm';

/** Ratios beyond this are as good as certain: rare features must not rule. */
const LARGEST = 4;
/** Documents that every class is thought to have besides: so many typical ones, and a bit for what is rare. */
const PRIOR = 0.5;
const FLOOR = 0.05;

/** In how many documents of each class a feature occurs (feature-major), and how many documents a class has. */
function countByClass({ documents, labels, classes, rows }: TrainingSet) {
  const counts = new Uint16Array(rows * classes);
  const totals = new Float64Array(rows);
  const sizes = new Float64Array(classes);
  for (const [i, { indexes }] of documents.entries()) {
    const c = labels[i] as number;
    sizes[c] = (sizes[c] as number) + 1;
    for (const row of indexes) {
      counts[row * classes + c] = (counts[row * classes + c] as number) + 1;
      totals[row] = (totals[row] as number) + 1;
    }
  }
  return { counts, totals, sizes };
}

/**
 * Adds to the weights of an SVM the logarithm of how much likelier each feature is inside a class than outside (naive
 * Bayes), times `share`.
 */
export function addLogRatios(weights: Float32Array, training: TrainingSet, share: number): void {
  const { classes, rows, documents } = training;
  const { counts, totals, sizes } = countByClass(training);
  for (let row = 0; row < rows; row += 1) {
    const total = totals[row] as number;
    const prior = (PRIOR * total) / documents.length + FLOOR;
    for (let c = 0; c < classes; c += 1) {
      const at = row * classes + c;
      const count = counts[at] as number;
      const size = sizes[c] as number;
      const inside = (count + prior) / (size + PRIOR + FLOOR);
      const outside = (total - count + prior) / (documents.length - size + PRIOR + FLOOR);
      const ratio = Math.max(-LARGEST, Math.min(LARGEST, Math.log(inside / outside)));
      weights[at] = (weights[at] as number) + share * ratio;
    }
  }
}
