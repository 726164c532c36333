import { bestOf, type Example, type LinearModel, marginsOf, trainLinearModel } from './model';

/** What turns margins into decisions; chosen by cross-validation on the training data alone. */
export interface Calibration {
  /** Divides margins before the softmax. */
  temperature: number;
  /** The best margin below which the recognizer refuses. */
  threshold: number;
  /** Accuracy on held-out examples, without refusal. */
  accuracy: number;
  /** Share of examples of intents left out of the training that are refused at the threshold. */
  refused: number;
  /** Share of held-out examples that are accepted and right at the threshold. */
  kept: number;
}

const FOLDS = 5;
const TEMPERATURES = [0.05, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5];
/** A wrong refusal costs a question, a wrong acceptance a wrong dialog: in-scope customers are by far the more. */
const IN_SCOPE_WEIGHT = 3;

interface Judged {
  intent: string;
  margins: Float32Array;
  model: LinearModel;
}

const NOTHING = -2;

const topMargin = ({ margins }: Judged): number => margins[bestOf(margins, 1)[0] ?? 0] ?? NOTHING;
const topIntent = ({ margins, model }: Judged): string => model.intents[bestOf(margins, 1)[0] ?? 0] ?? '';

function judge(model: LinearModel, examples: Example[]): Judged[] {
  return examples.map(({ text, intent }) => {
    const margins = marginsOf(model, text) ?? new Float32Array(model.intents.length).fill(NOTHING);
    return { intent, margins, model };
  });
}

/** Every FOLDS-th example of each intent is held out in turn. */
function heldOut(examples: Example[]): Judged[] {
  const serial = new Map<string, number>();
  const fold = examples.map(({ intent }) => {
    const n = serial.get(intent) ?? 0;
    serial.set(intent, n + 1);
    return n % FOLDS;
  });
  return Array.from({ length: FOLDS }, (_, f) => {
    const model = trainLinearModel(examples.filter((_example, i) => fold[i] !== f));
    return judge(
      model,
      examples.filter((_example, i) => fold[i] === f),
    );
  }).flat();
}

/** Examples of intents that the model has never seen stand for what people say out of scope. */
function outOfScope(examples: Example[]): Judged[] {
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort();
  return Array.from({ length: FOLDS }, (_, f) => {
    const left = new Set(intents.filter((_intent, i) => i % FOLDS === f));
    const model = trainLinearModel(examples.filter(({ intent }) => !left.has(intent)));
    return judge(
      model,
      examples.filter(({ intent }) => left.has(intent)),
    );
  }).flat();
}

export function softmax(margins: Float32Array, temperature: number): Float64Array {
  const top = margins[bestOf(margins, 1)[0] ?? 0] ?? 0;
  const powers = new Float64Array(margins.length);
  let sum = 0;
  for (let i = 0; i < margins.length; i += 1) {
    powers[i] = Math.exp(((margins[i] as number) - top) / temperature);
    sum += powers[i] as number;
  }
  for (let i = 0; i < powers.length; i += 1) powers[i] = (powers[i] as number) / sum;
  return powers;
}

function chooseTemperature(judged: Judged[]): number {
  const loss = (temperature: number) =>
    judged.reduce((sum, { intent, margins, model }) => {
      const probability = softmax(margins, temperature)[model.intents.indexOf(intent)] ?? 0;
      return sum - Math.log(Math.max(probability, 1e-6));
    }, 0);
  return TEMPERATURES.reduce((best, each) => (loss(each) < loss(best) ? each : best));
}

/** Five trainings without a fifth of the examples and five without a fifth of the intents. */
export function calibrate(examples: Example[]): Calibration {
  const inside = heldOut(examples);
  const outside = outOfScope(examples).map(topMargin);
  const right = inside.filter((each) => topIntent(each) === each.intent).map(topMargin);
  const shareOf = (margins: number[], total: number, accepts: (margin: number) => boolean) =>
    margins.filter(accepts).length / Math.max(total, 1);
  const kept = (threshold: number) => shareOf(right, inside.length, (margin) => margin >= threshold);
  const refused = (threshold: number) => shareOf(outside, outside.length, (margin) => margin < threshold);
  const thresholds = Array.from({ length: 61 }, (_, i) => -1 + i * 0.025);
  const worth = (threshold: number) => IN_SCOPE_WEIGHT * kept(threshold) + refused(threshold);
  const threshold = thresholds.reduce((best, each) => (worth(each) > worth(best) ? each : best));
  return {
    temperature: chooseTemperature(inside),
    threshold,
    accuracy: right.length / Math.max(inside.length, 1),
    refused: refused(threshold),
    kept: kept(threshold),
  };
}
