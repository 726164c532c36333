/** What clients saw and what is stored, of one conversation after the storm. */
export interface Observed {
  conversationId: string;
  /** Keys that were acknowledged, with their text and position. */
  acknowledged: { key: string; text: string; position: number }[];
  /** What the client was shown, in the order of arrival. */
  shown: { position: number; text: string }[];
  /** The log in Redis. */
  log: { position: number; text: string }[];
  /** The transcript in Postgres, by position. */
  transcript: { position: number; text: string }[];
  /** Keys whose turns the state has seen, in order. */
  seen: string[];
  /** Outcomes of calls that the state has seen. */
  results: string[];
  /** Texts of the orders in Postgres. */
  orders: string[];
}

const doubled = <T>(items: T[]): T[] => items.filter((item, i) => items.indexOf(item) !== i);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Every broken promise, in words. Empty: none is broken. */
export function check(observed: Observed): string[] {
  const { acknowledged, shown, log, transcript, seen, results, orders } = observed;
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`${observed.conversationId}: ${problem}`);

  for (const { key } of acknowledged)
    if (!seen.includes(key)) say(`lost: ${key} was acknowledged, its turn is missing`);
  for (const key of doubled(seen)) say(`committed twice: ${key}`);
  const asked = acknowledged.toSorted((a, b) => a.position - b.position);
  const answers = log.filter(({ text }) => text.startsWith('re: ')).map(({ text }) => text.slice(4));
  const messages = answers.filter((text) => text !== 'call.result');
  if (
    !same(
      messages,
      asked.map(({ text }) => text),
    )
  )
    say('replies out of order, missing or doubled');
  if (
    !same(
      log.map(({ position }) => position),
      log.map((_, i) => i + 1),
    )
  )
    say('positions of the log have gaps');
  if (!same(shown, log)) say('the client saw something else than the log');
  if (!same(transcript, log)) say('the transcript in Postgres differs from the log');

  const wanted = asked.map(({ text }) => text).filter((text) => text.startsWith('order'));
  for (const text of wanted) if (!orders.includes(text)) say(`work order missing: ${text}`);
  for (const text of doubled(orders)) say(`work order doubled: ${text}`);
  for (const text of orders) if (!wanted.includes(text)) say(`work order that nobody asked for: ${text}`);
  if (results.length !== wanted.length) say(`${results.length} outcomes for ${wanted.length} orders`);
  return problems;
}
