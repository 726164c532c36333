import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { z } from 'zod';
import { languageModelSettings } from '../compose/language-model';
import { type Config, readConfig } from '../config';
import type { LanguageModelSettings } from '../contract/language-model';
import { describeProblems } from '../contract/problem';
import { AppError, messageOf } from '../errors';
import { connectRedis, type RedisClient } from '../turns/redis';
import { examplesOf, type IntentFile, parseIntents, readYamlFolder } from '../understanding/intent-file';
import { openLanguageModel } from '../understanding/language-model/open-language-model';
import {
  type Candidate,
  type Surroundings,
  suggestExamples,
} from '../understanding/language-model/suggest-examples';
import { parseLexicon } from '../understanding/lexicon';
import { createRecognizer, trainModel } from '../understanding/recognizer';
import { isAnswered } from './is-answered';
import { redisUrlOf } from './run-dead-letters';

const USAGE = `npm run intents:suggest -- <intent> [--language zh|en] [--count 20] [--json]
Asks the language model for messages that mean an intent, checks each, prints them and writes nothing.`;

const optionsSchema = z.object({
  language: z.enum(['zh', 'en']).default('zh'),
  count: z.coerce.number().int().min(1).max(50).default(20),
  json: z.boolean().default(false),
});

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { language: { type: 'string' }, count: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [intent, ...others] = positionals;
    if (!intent || others.length > 0) throw new Error('name one intent');
    return { intent, ...optionsSchema.parse(values) };
  } catch (error) {
    throw new AppError('bad-request', USAGE, { cause: error });
  }
}

/** The intents as they stand in a folder, and the classifier that they make. */
function readSurroundings(root: string): Surroundings {
  const { intents, problems } = parseIntents(readYamlFolder(join(root, 'intents')));
  const { lexicon, problems: ofLexicon } = parseLexicon(readYamlFolder(join(root, 'intents', 'entities')));
  const all = [...problems, ...ofLexicon];
  if (all.length > 0) throw new AppError('bad-content', `Intents to mend:\n${describeProblems(all)}`);
  const examples = examplesOf(intents);
  const answerIntents = new Set(intents.filter(({ role }) => role === 'answer').map(({ id }) => id));
  const recognizer = createRecognizer(trainModel({ examples, lexicon }, 'suggest'), { answerIntents });
  return { intents, lexicon, recognizer };
}

const PROBLEMS: Record<Exclude<Candidate['problem'], null>, string> = {
  repeats: 'stands already in',
  'too-similar': 'hardly differs from',
  'reads-as': 'reads as',
  personal: 'holds what may be personal',
};

/** Lines to read: `+` is worth a look, `-` is not, and why. Quoted, since a terminal would obey some characters. */
const describe = ({ text, problem, of }: Candidate): string =>
  problem === null
    ? `+ ${JSON.stringify(text)}`
    : `- ${JSON.stringify(text)}  (${[PROBLEMS[problem], of].filter(Boolean).join(' ')})`;

/** Throws `bad-settings` without a model. */
function readSettings(config: Config): LanguageModelSettings {
  const settings = languageModelSettings(config);
  if (settings) return settings;
  throw new AppError(
    'bad-settings',
    'There is no language model: set LLM_BASE_URL, LLM_API_KEY and LLM_MODEL.',
  );
}

/** Throws `not-found`, and says which there are. */
function findIntent(id: string, intents: IntentFile[]): IntentFile {
  const intent = intents.find((each) => each.id === id);
  if (intent) return intent;
  const known = intents.map((each) => each.id).join(', ');
  throw new AppError('not-found', `There is no intent "${id}" in intents/. There are: ${known}.`);
}

/** The budgets of the day are the server's: they are kept in its Redis. Throws `unavailable`. */
async function checkRedis(url: string): Promise<void> {
  if (await isAnswered(url.split(',')[0] ?? '', 6379)) return;
  throw new AppError('unavailable', 'Redis, which keeps the budgets, does not answer: run npm start first.');
}

async function suggest(
  args: string[],
  env: Record<string, string | undefined>,
  open: (url: string) => RedisClient,
): Promise<string> {
  const { intent: id, language, count, json } = readArguments(args);
  const config = readConfig(env);
  const settings = readSettings(config);
  const surroundings = readSurroundings(config.CONTENT_DIR ?? join(__dirname, '..', '..'));
  const intent = findIntent(id, surroundings.intents);
  const url = redisUrlOf(env);
  await checkRedis(url);
  const shared = { clock: Date.now, timeZone: config.TIME_ZONE, log: pino({ level: 'silent' }) };
  const desk = openLanguageModel({ settings, redis: open(url), ...shared });
  try {
    const answer = await suggestExamples(desk.model, { intent, language, count }, surroundings);
    if (answer.status === 'answered')
      return json ? JSON.stringify(answer.value) : answer.value.map(describe).join('\n');
    const reason = `The language model gave no examples (${answer.status}). Nothing was written.`;
    throw new AppError('unavailable', reason);
  } finally {
    desk.close();
  }
}

/** `npm run intents:suggest`: prints candidates, and answers the exit code. */
export async function runSuggestExamples(
  args: string[],
  env: Record<string, string | undefined>,
  say: (text: string) => void,
): Promise<number> {
  let redis: RedisClient | undefined;
  const open = (url: string): RedisClient => {
    redis = connectRedis(url);
    // What goes wrong with the connection is told by the command that it fails.
    redis.on('error', () => undefined);
    return redis;
  };
  try {
    say(await suggest(args, env, open));
    return 0;
  } catch (error) {
    say(messageOf(error));
    return 1;
  } finally {
    redis?.disconnect();
  }
}
