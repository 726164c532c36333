import { type Features, featuresOf } from './features';
import { type SparseVector, trainSvm } from './svm';

/** One labelled utterance. */
export interface Example {
  text: string;
  intent: string;
}

/** The trained weights: what it takes to give every intent a margin for an utterance. */
export interface LinearModel {
  intents: string[];
  vocabulary: Map<string, number>;
  idf: Float32Array;
  /** Feature-major: the weights of one feature for all intents lie together; the last row is the bias. */
  weights: Float32Array;
}

const SVM = { cost: 1, epochs: 30, tolerance: 0.01 };

/** Square-root inverse document frequency: rare features count more, but not so much that typos rule. */
function countDocuments(documents: Features[]): { vocabulary: Map<string, number>; idf: Float32Array } {
  const counts = new Map<string, number>();
  for (const features of documents)
    for (const name of features.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const vocabulary = new Map([...counts.keys()].map((name, i) => [name, i]));
  const idf = Float32Array.from(counts.values(), (count) =>
    Math.sqrt(Math.log((1 + documents.length) / (1 + count)) + 1),
  );
  return { vocabulary, idf };
}

function vectorOf(features: Features, vocabulary: Map<string, number>, idf: Float32Array): SparseVector {
  const indexes: number[] = [];
  const values: number[] = [];
  let squares = 0;
  for (const [name, count] of features) {
    const index = vocabulary.get(name);
    const value = Math.sqrt(count) * (index === undefined ? 1 : (idf[index] ?? 1));
    // What was never seen counts for the length: a message of mostly unknown words stays weak.
    squares += index === undefined ? 0.25 * value * value : value * value;
    if (index === undefined) continue;
    indexes.push(index);
    values.push(value);
  }
  const length = Math.sqrt(squares) || 1;
  const vector = { indexes: new Int32Array(indexes), values: new Float32Array(values) };
  for (let k = 0; k < values.length; k += 1) vector.values[k] = (values[k] as number) / length;
  return vector;
}

/** One-versus-rest linear SVMs over TF-IDF. The same examples give the same model. */
export function trainLinearModel(examples: Example[]): LinearModel {
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort();
  const features = examples.map(({ text }) => featuresOf(text));
  const { vocabulary, idf } = countDocuments(features);
  const documents = features.map((each) => vectorOf(each, vocabulary, idf));
  const rows = vocabulary.size + 1;
  const weights = new Float32Array(rows * intents.length);
  for (const [c, intent] of intents.entries()) {
    const isPositive = Uint8Array.from(examples, (example) => (example.intent === intent ? 1 : 0));
    const column = trainSvm(documents, isPositive, rows, SVM);
    for (let row = 0; row < rows; row += 1) weights[row * intents.length + c] = column[row] ?? 0;
  }
  return { intents, vocabulary, idf, weights };
}

/** The margin of every intent, in the model's order; null for text without any known feature. */
export function marginsOf(model: LinearModel, text: string): Float32Array | null {
  const { indexes, values } = vectorOf(featuresOf(text), model.vocabulary, model.idf);
  if (indexes.length === 0) return null;
  const width = model.intents.length;
  const margins = model.weights.slice(model.vocabulary.size * width);
  for (let k = 0; k < indexes.length; k += 1) {
    const row = (indexes[k] as number) * width;
    const value = values[k] as number;
    for (let c = 0; c < width; c += 1)
      margins[c] = (margins[c] as number) + value * (model.weights[row + c] as number);
  }
  return margins;
}

/** Indexes of the highest margins, best first. */
export function bestOf(margins: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < margins.length; i += 1) {
    let at = best.length;
    while (at > 0 && (margins[i] as number) > (margins[best[at - 1] as number] as number)) at -= 1;
    if (at >= count) continue;
    best.splice(at, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}
