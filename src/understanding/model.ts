import { type Features, featuresOf, leastExamplesOf } from './features';
import { type Lexicon, rewriterOf } from './lexicon';
import { addLogRatios } from './log-ratios';
import { addMargins, type SparseVector, type SvmOptions, type TrainingSet, trainSvm } from './svm';

/** One labelled utterance. The intent `oos` holds what belongs to no intent. */
export interface Example {
  text: string;
  intent: string;
}

/** The label of what is out of scope: trained on, never answered. */
export const OUT_OF_SCOPE = 'oos';

/** The trained weights: what it takes to give every intent a margin for an utterance. */
export interface LinearModel {
  intents: string[];
  lexicon: Lexicon;
  /** The hash of each feature, in the order of the rows. */
  features: Int32Array;
  /** In how many of `documentCount` examples each feature occurs. */
  counts: Uint16Array;
  documentCount: number;
  /** Feature-major: the weights of one feature for all intents lie together; the last row is the bias. */
  weights: Int8Array;
  /** What one step of a weight is worth. */
  scale: number;
}

export const SVM: SvmOptions = { cost: 1, positiveCost: 5, epochs: 10 };
/** What log ratios count beside the weights of the SVM. Chosen by cross-validation, as the costs: docs/understanding.md. */
const LOG_RATIOS = 0.02;

/** A model ready for use: the model with the lookups that it implies. */
export interface LinearClassifier {
  model: LinearModel;
  marginsOf: (text: string) => Float32Array | null;
}

interface Vocabulary {
  rowOf: Map<number, number>;
  idf: Float32Array;
}

/** Square-root inverse document frequency: rare features count more, but not so much that typos rule. */
const idfOf = (counts: ArrayLike<number>, documents: number): Float32Array =>
  Float32Array.from(counts, (count) => Math.sqrt(Math.log((1 + documents) / (1 + count)) + 1));

function vectorOf(features: Features, { rowOf, idf }: Vocabulary): SparseVector {
  const indexes = new Int32Array(features.size);
  const values = new Float32Array(features.size);
  let count = 0;
  let squares = 0;
  for (const [name, times] of features) {
    const row = rowOf.get(name);
    if (row === undefined && leastExamplesOf(name) > 1) continue;
    const value = Math.sqrt(times) * (row === undefined ? 1 : (idf[row] ?? 1));
    // What was never seen counts for the length: a message of mostly unknown words stays weak.
    squares += row === undefined ? 0.25 * value * value : value * value;
    if (row === undefined) continue;
    indexes[count] = row;
    values[count] = value;
    count += 1;
  }
  const length = Math.sqrt(squares) || 1;
  for (let k = 0; k < count; k += 1) values[k] = (values[k] as number) / length;
  return { indexes: indexes.subarray(0, count), values: values.subarray(0, count) };
}

/** Examples as features, counted once and used by every training of a cross-validation. */
export interface Documents {
  examples: Example[];
  lexicon: Lexicon;
  features: Features[];
  /** So many of the examples were said; the rest are the names of the intents. */
  saidCount: number;
}

/** "fault-no-internet" says what it is about: with few examples an intent's own name is worth several more. */
const namesOf = (examples: Example[]): Example[] =>
  [...new Set(examples.map(({ intent }) => intent))]
    .filter((intent) => intent !== OUT_OF_SCOPE)
    .map((intent) => ({ text: intent.replace(/[_-]+/g, ' '), intent }));

export function readDocuments(said: Example[], lexicon: Lexicon): Documents {
  const rewrite = rewriterOf(lexicon);
  const examples = [...said, ...namesOf(said)];
  const features = examples.map(({ text }) => featuresOf(text, rewrite));
  return { examples, lexicon, features, saidCount: said.length };
}

interface TrainedRows {
  features: Int32Array;
  counts: Uint16Array;
  /** As the model has them: a row for each feature, then the bias. */
  weights: Float32Array;
}

/** Of 127 steps of a weight. */
const LEAST_STEPS = 5;

/**
 * Eight bits a weight, and no row for a feature whose every weight rounds to next to nothing: together they cost no
 * accuracy (docs/understanding.md).
 */
function quantise({ features, counts, weights }: TrainedRows, width: number) {
  let largest = 1e-6;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const scale = largest / 127;
  const rows = [...features.keys()].filter((row) => {
    for (let c = 0; c < width; c += 1)
      if (Math.abs(weights[row * width + c] as number) >= LEAST_STEPS * scale) return true;
    return false;
  });
  const steps = new Int8Array((rows.length + 1) * width);
  for (const [to, from] of [...rows, features.length].entries())
    for (let c = 0; c < width; c += 1)
      steps[to * width + c] = Math.round((weights[from * width + c] as number) / scale);
  return {
    features: Int32Array.from(rows, (row) => features[row] as number),
    counts: Uint16Array.from(rows, (row) => counts[row] as number),
    weights: steps,
    scale,
  };
}

/** One-versus-rest linear SVMs over TF-IDF. The same documents give the same model. */
export function trainLinearModel({ examples, lexicon, features }: Omit<Documents, 'saidCount'>): LinearModel {
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort();
  const documentsWith = new Map<number, number>();
  for (const each of features)
    for (const name of each.keys()) documentsWith.set(name, (documentsWith.get(name) ?? 0) + 1);
  const learned = [...documentsWith].filter(([name, count]) => count >= leastExamplesOf(name));
  const rowOf = new Map(learned.map(([name], row) => [name, row]));
  const counts = Uint16Array.from(learned, ([, count]) => count);
  const vocabulary = { rowOf, idf: idfOf(counts, examples.length) };
  const classOf = new Map(intents.map((intent, c) => [intent, c]));
  const training: TrainingSet = {
    documents: features.map((each) => vectorOf(each, vocabulary)),
    labels: Int32Array.from(examples, ({ intent }) => classOf.get(intent) ?? 0),
    classes: intents.length,
    rows: rowOf.size,
  };
  const weights = trainSvm(training, SVM);
  addLogRatios(weights, training, LOG_RATIOS);
  return {
    intents,
    lexicon,
    documentCount: examples.length,
    ...quantise({ features: Int32Array.from(rowOf.keys()), counts, weights }, intents.length),
  };
}

/** The lookups of a model. `marginsOf` gives every intent's margin in the model's order; null for unknown text. */
export function classifierOf(model: LinearModel): LinearClassifier & {
  marginsOfFeatures: (features: Features) => Float32Array | null;
} {
  const rewrite = rewriterOf(model.lexicon);
  const width = model.intents.length;
  const vocabulary = {
    rowOf: new Map(Array.from(model.features, (name, row) => [name, row])),
    idf: idfOf(model.counts, model.documentCount),
  };
  const bias = model.weights.subarray(model.features.length * width);
  const marginsOfFeatures = (features: Features) => {
    const vector = vectorOf(features, vocabulary);
    if (vector.indexes.length === 0) return null;
    const margins = Float32Array.from(bias);
    addMargins(margins, model.weights, vector);
    for (let c = 0; c < width; c += 1) margins[c] = (margins[c] as number) * model.scale;
    return margins;
  };
  return { model, marginsOfFeatures, marginsOf: (text) => marginsOfFeatures(featuresOf(text, rewrite)) };
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
