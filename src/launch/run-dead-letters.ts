import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from '../config';
import { activitySchema } from '../contract/activity';
import { AppError, messageOf } from '../errors';
import { createDeadLetters, type DeadLetters, type StoredLetter } from '../turns/dead-letters';
import { SHARDS_KEY } from '../turns/keys';
import { connectRedis, type RedisClient } from '../turns/redis';
import { createRedisTurnStore, MARK_TTL_MS } from '../turns/redis-turn-store';
import { isAnswered } from './is-answered';
import { readRunFile } from './run-file';

const USAGE = `npm run dead-letters -- list [--text]                  what failed for good; --text shows the customer's words
npm run dead-letters -- retry '<conversation>|<turn>'  another try for one of them, once its cause is mended
npm run dead-letters -- retry --all                    another try for all of them`;

/** Where the letters are: the configured Redis, or the one that the running server brought along. */
export function redisUrlOf(env: Record<string, string | undefined>): string {
  const config = readConfig(env);
  const redisUrl = config.REDIS_URL ?? readRunFile(config.DATA_DIR)?.redisUrl;
  if (redisUrl !== undefined) return redisUrl;
  throw new AppError(
    'bad-settings',
    `No server runs on the data folder ${config.DATA_DIR}, and it brings Redis along: run npm start first, or set REDIS_URL.`,
  );
}

async function openLetters(redis: RedisClient): Promise<DeadLetters | null> {
  const stored = await redis.get(SHARDS_KEY);
  if (stored === null) return null;
  const shards = Number(stored);
  // Only `accept` is used, for events of our own: limits of what people send do not apply to them.
  const limits = { leaseMs: 0, inboxLimit: 0, userRatePerMinute: 0, recordsLimit: 0, markTtlMs: MARK_TTL_MS };
  const { accept } = createRedisTurnStore(redis, { ...limits, shards });
  return createDeadLetters({ redis, shards, accept, clock: Date.now });
}

const entrySchema = z.object({ activity: activitySchema.pick({ type: true, name: true, text: true }) });

/** What a terminal would obey, and line breaks, are shown and not sent. */
const printable = (text: string): string => JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');

/** One line: which, when, what and why. The customer's words only when asked for. */
export function describeLetter({ id, letter }: StoredLetter, withText: boolean): string {
  const entry = letter.type === 'activity' ? entrySchema.safeParse(letter.entry).data : undefined;
  const { type, name, text } = entry?.activity ?? { type: letter.type };
  // An error may quote what it failed on.
  const reason = text && !withText ? letter.reason.replaceAll(text, '…') : letter.reason;
  const words = withText && text !== undefined ? `\n    ${printable(text)}` : '';
  const kind = name === undefined ? type : `${type} ${name}`;
  const at = new Date(letter.at).toISOString();
  return `${printable(id)}  ${at}  ${printable(kind)}  ${printable(reason)}${words}`;
}

async function list(letters: DeadLetters | null, withText: boolean): Promise<string> {
  const found = (await letters?.list()) ?? [];
  if (found.length === 0) return 'There are no dead letters.';
  return found.map((letter) => describeLetter(letter, withText)).join('\n');
}

async function retry(letters: DeadLetters | null, ids: string[], say: (text: string) => void): Promise<void> {
  if (!letters) throw new AppError('not-found', 'There are no dead letters.');
  const failures: string[] = [];
  for (const id of ids) {
    await letters.retry(id).then(
      () => say(`${printable(id)}: put back to work.`),
      (error) => void failures.push(printable(messageOf(error))),
    );
  }
  if (failures.length > 0) throw new AppError('bad-request', failures.join('\n'));
}

async function obey(args: string[], letters: DeadLetters | null, say: (text: string) => void): Promise<void> {
  const { values, positionals } = readArguments(args);
  const [verb, ...ids] = positionals;
  if (verb === 'list' && ids.length === 0) return say(await list(letters, values.text ?? false));
  if (verb === 'retry' && values.all && ids.length === 0) {
    const all = ((await letters?.list()) ?? []).map(({ id }) => id);
    if (all.length === 0) return say('There are no dead letters.');
    return retry(letters, all, say);
  }
  if (verb === 'retry' && ids.length > 0 && !values.all) return retry(letters, ids, say);
  throw new AppError('bad-request', USAGE);
}

function readArguments(args: string[]) {
  try {
    const options = { text: { type: 'boolean' }, all: { type: 'boolean' } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new AppError('bad-request', `${messageOf(error)}\n${USAGE}`, { cause: error });
  }
}

const away = () =>
  new AppError(
    'unavailable',
    'Redis does not answer: run npm start first, or mend REDIS_URL. Nothing was changed.',
  );

/** `npm run dead-letters`: lists or retries, and answers the exit code. */
export async function runDeadLetters(
  args: string[],
  env: Record<string, string | undefined>,
  say: (text: string) => void,
): Promise<number> {
  let redis: RedisClient | undefined;
  try {
    const url = redisUrlOf(env);
    if (!(await isAnswered(url.split(',')[0] ?? '', 6379))) throw away();
    redis = connectRedis(url);
    // What goes wrong with the connection is told by the command that it fails.
    redis.on('error', () => undefined);
    await obey(args, await openLetters(redis), say);
    return 0;
  } catch (error) {
    say(messageOf(error));
    return 1;
  } finally {
    redis?.disconnect();
  }
}
