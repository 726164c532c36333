/** A class whose gradient is above this is let alone until the next full pass over a document. */
const NEAR = 0.2;
/** So many passes lie between two full ones. */
const FULL_PASS = 4;

/** A document as parallel lists: feature indexes and values, of length 1 in the Euclidean sense or less. */
export interface SparseVector {
  indexes: Int32Array;
  values: Float32Array;
}

export interface SvmOptions {
  /** Cost of an error on a document that does not belong to a class. */
  cost: number;
  /** The same for one that does: they are far fewer. */
  positiveCost: number;
  /** Passes over the data at most. */
  epochs: number;
}

/** What is trained on: `labels[i]` is the class of document i, below `classes`; feature indexes are below `rows`. */
export interface TrainingSet {
  documents: SparseVector[];
  labels: Int32Array;
  classes: number;
  rows: number;
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

/** Adds a document's margin for every class; the weights of one feature for all classes lie together. */
export function addMargins(
  margins: Float32Array,
  weights: Float32Array | Int8Array,
  { indexes, values }: SparseVector,
): void {
  const width = margins.length;
  // Indexes stay below the lengths that the callers made the lists with.
  for (let k = 0; k < indexes.length; k += 1) {
    const row = (indexes[k] as number) * width;
    const value = values[k] as number;
    for (let c = 0; c < width; c += 1)
      margins[c] = (margins[c] as number) + value * (weights[row + c] as number);
  }
}

const squaredLength = ({ values }: SparseVector): number =>
  values.reduce((sum, value) => sum + value * value, 0);

/**
 * One-versus-rest linear support vector machines with squared hinge loss, by dual coordinate descent (Hsieh et al.
 * 2008, "A Dual Coordinate Descent Method for Large-scale Linear SVM", algorithm 1 with L2 loss), all classes of a
 * document in one step. Answers (rows + 1) × classes weights, feature-major; the last row is the bias.
 */
export function trainSvm(
  { documents, labels, classes, rows }: TrainingSet,
  options: SvmOptions,
): Float32Array {
  const { cost, positiveCost, epochs } = options;
  const weights = new Float32Array((rows + 1) * classes);
  const bias = weights.subarray(rows * classes);
  const multipliers = new Float32Array(documents.length * classes);
  const lengths = documents.map(squaredLength);
  const order = Int32Array.from(documents.keys());
  const random = lcg(1);
  const margins = new Float32Array(classes);
  const steps = new Float32Array(classes);
  const moved = new Int32Array(classes);
  const near = new Int32Array(classes);

  /** The classes that a document may still have to do with; all of them at first. */
  const active: (Int32Array | undefined)[] = [];
  const every = Int32Array.from({ length: classes }, (_, c) => c);

  function addActiveMargins({ indexes, values }: SparseVector, list: Int32Array): void {
    for (let a = 0; a < list.length; a += 1) margins[list[a] as number] = bias[list[a] as number] as number;
    for (let k = 0; k < indexes.length; k += 1) {
      const row = (indexes[k] as number) * classes;
      const value = values[k] as number;
      for (let a = 0; a < list.length; a += 1) {
        const c = list[a] as number;
        margins[c] = (margins[c] as number) + value * (weights[row + c] as number);
      }
    }
  }

  /** Moves the multipliers of one document; answers how many classes moved and which stay active. */
  function moveMultipliers(i: number, list: Int32Array): { count: number; near: Int32Array } {
    let count = 0;
    let nearCount = 0;
    for (let a = 0; a < list.length; a += 1) {
      const c = list[a] as number;
      const sign = labels[i] === c ? 1 : -1;
      const diagonal = 1 / (2 * (sign === 1 ? positiveCost : cost));
      const multiplier = multipliers[i * classes + c] as number;
      const gradient = sign * (margins[c] as number) - 1 + diagonal * multiplier;
      if (multiplier > 0 || gradient < NEAR) {
        near[nearCount] = c;
        nearCount += 1;
      }
      if (multiplier === 0 && gradient >= 0) continue;
      const next = Math.max(multiplier - gradient / ((lengths[i] as number) + 1 + diagonal), 0);
      multipliers[i * classes + c] = next;
      steps[c] = (next - multiplier) * sign;
      moved[count] = c;
      count += 1;
    }
    return { count, near: near.slice(0, nearCount) };
  }

  function addSteps(document: SparseVector, count: number): void {
    for (let m = 0; m < count; m += 1) {
      const c = moved[m] as number;
      bias[c] = (bias[c] as number) + (steps[c] as number);
    }
    for (let k = 0; k < document.indexes.length; k += 1) {
      const row = (document.indexes[k] as number) * classes;
      const value = document.values[k] as number;
      for (let m = 0; m < count; m += 1) {
        const c = moved[m] as number;
        weights[row + c] = (weights[row + c] as number) + value * (steps[c] as number);
      }
    }
  }

  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    const isFull = epoch < 2 || epoch % FULL_PASS === 0;
    for (const i of order) {
      // Every index of `order` is a document.
      const document = documents[i] as SparseVector;
      const list = isFull ? every : (active[i] ?? every);
      if (isFull) {
        margins.set(bias);
        addMargins(margins, weights, document);
      } else addActiveMargins(document, list);
      const moves = moveMultipliers(i, list);
      if (moves.count > 0) addSteps(document, moves.count);
      if (isFull) active[i] = moves.near;
    }
  }
  return weights;
}
