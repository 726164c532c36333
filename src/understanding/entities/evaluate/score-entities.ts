import type { Entity } from '../../../contract/understanding';

/** A message, and where each entity stands in it. */
export interface AnnotatedMessage {
  text: string;
  entities: Pick<Entity, 'type' | 'start' | 'end'>[];
}

export interface KindScore {
  type: string;
  /** Annotated, reported, and reported where annotated. */
  expected: number;
  found: number;
  right: number;
  /** Reported with the very offsets of the annotation. */
  exact: number;
  precision: number;
  recall: number;
}

export interface EntityEvaluation {
  messages: number;
  /** All kinds together, then each by name. */
  all: KindScore;
  kinds: KindScore[];
  mistakes: { text: string; missed: string[]; invented: string[] }[];
}

type Place = AnnotatedMessage['entities'][number];

const isExact = (a: Place, b: Place): boolean => a.type === b.type && a.start === b.start && a.end === b.end;

/** What is said of a time or a lamp has no clear end ("以后", "一直"): these are right where they overlap. */
const LOOSE = new Set(['datetime', 'light']);

const isRight = (a: Place, b: Place): boolean =>
  isExact(a, b) || (a.type === b.type && LOOSE.has(a.type) && a.start < b.end && b.start < a.end);

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

interface Pair {
  text: string;
  expected: Place[];
  found: Place[];
}

function scoreKind(type: string, pairs: Pair[], holds: (place: Place) => boolean): KindScore {
  let [expected, found, right, exact, sound] = [0, 0, 0, 0, 0];
  for (const pair of pairs) {
    const wanted = pair.expected.filter(holds);
    const given = pair.found.filter(holds);
    expected += wanted.length;
    found += given.length;
    right += wanted.filter((one) => given.some((other) => isRight(one, other))).length;
    exact += wanted.filter((one) => given.some((other) => isExact(one, other))).length;
    sound += given.filter((one) => wanted.some((other) => isRight(one, other))).length;
  }
  return {
    type,
    expected,
    found,
    right,
    exact,
    precision: share(sound, found),
    recall: share(right, expected),
  };
}

const wordsOf = ({ text }: Pair, places: Place[]): string[] =>
  places.map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);

const mistakesOf = (pairs: Pair[]): EntityEvaluation['mistakes'] =>
  pairs.flatMap((pair) => {
    const missed = pair.expected.filter((one) => !pair.found.some((other) => isRight(one, other)));
    const invented = pair.found.filter((one) => !pair.expected.some((other) => isRight(one, other)));
    return missed.length + invented.length > 0
      ? [{ text: pair.text, missed: wordsOf(pair, missed), invented: wordsOf(pair, invented) }]
      : [];
  });

/** Precision and recall of each kind, and of all; kinds that are only reported, never annotated, count too. */
export function scoreEntities(
  messages: AnnotatedMessage[],
  find: (text: string) => Entity[],
): EntityEvaluation {
  const pairs = messages.map(({ text, entities }): Pair => ({ text, expected: entities, found: find(text) }));
  const types = new Set(
    pairs.flatMap(({ expected, found }) => [...expected, ...found].map(({ type }) => type)),
  );
  return {
    messages: messages.length,
    all: scoreKind('all', pairs, () => true),
    kinds: [...types].sort().map((type) => scoreKind(type, pairs, (place) => place.type === type)),
    mistakes: mistakesOf(pairs),
  };
}
