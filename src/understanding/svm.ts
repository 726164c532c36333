/** A document as parallel lists: feature indexes and values, of length 1 in the Euclidean sense. */
export interface SparseVector {
  indexes: Int32Array;
  values: Float32Array;
}

export interface SvmOptions {
  /** Cost of an error. */
  cost: number;
  /** Passes over the data at most. */
  epochs: number;
  /** A pass in which no multiplier moves more than this ends the training. */
  tolerance: number;
}

/** A seeded generator in [0, 1): training is the same every time. */
function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
}

/**
 * A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008, "A Dual
 * Coordinate Descent Method for Large-scale Linear SVM", algorithm 1 with L2 loss). The last feature is the bias.
 * `isPositive[i]` says whether document i belongs to the class. Answers a weight for each feature.
 */
export function trainSvm(
  documents: SparseVector[],
  isPositive: Uint8Array,
  dimensions: number,
  { cost, epochs, tolerance }: SvmOptions,
): Float32Array {
  const weights = new Float32Array(dimensions);
  const multipliers = new Float64Array(documents.length);
  const order = Int32Array.from(documents.keys());
  const random = lcg(1);
  const diagonal = 1 / (2 * cost);
  // Documents have length 1, and the bias adds 1.
  const curvature = 2 + diagonal;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    let largest = 0;
    for (const i of order) {
      // Every index of `order` is a document.
      const { indexes, values } = documents[i] as SparseVector;
      const sign = isPositive[i] ? 1 : -1;
      const multiplier = multipliers[i] ?? 0;
      let margin = weights[dimensions - 1] as number;
      for (let k = 0; k < indexes.length; k += 1)
        margin += (weights[indexes[k] as number] as number) * (values[k] as number);
      const gradient = sign * margin - 1 + diagonal * multiplier;
      if (multiplier === 0 && gradient >= 0) continue;
      const next = Math.max(multiplier - gradient / curvature, 0);
      const change = next - multiplier;
      if (Math.abs(change) > largest) largest = Math.abs(change);
      multipliers[i] = next;
      const step = change * sign;
      for (let k = 0; k < indexes.length; k += 1) {
        const index = indexes[k] as number;
        weights[index] = (weights[index] as number) + step * (values[k] as number);
      }
      weights[dimensions - 1] = (weights[dimensions - 1] as number) + step;
    }
    if (largest < tolerance) break;
  }
  return weights;
}
