import type { Logger } from 'pino';
import type { LanguageModelSettings } from '../../contract/language-model';
import { AppError } from '../../errors';
import type { RedisClient } from '../../turns/redis';
import { type Advise, createAdvise } from './advisor';
import { createRedisCounts, type ModelCounts } from './counts';
import { createDraft, type Draft } from './draft';
import { createLanguageModel, type LanguageModel } from './language-model';
import { createOpenAiChat, isTracing } from './open-ai-chat';
import { createRedisSpending, dayOf, type Spending } from './spending';

/** What a day's calls came to. `money` is in the currency of the prices. */
export interface ModelDay {
  day: string;
  spent: { tokens: number; money: number };
  counts: Record<string, number>;
}

/** All that the server does with a language model. */
export interface ModelDesk {
  model: LanguageModel;
  advise: Advise;
  draft: Draft;
  /** Today and the six days before, newest first, of all nodes. */
  readDays(): Promise<ModelDay[]>;
  close(): void;
}

const DAY_MS = 24 * 3600_000;
const DAYS = 7;
const MILLION = 1_000_000;

const readDay = async (day: string, spending: Spending, counts: ModelCounts): Promise<ModelDay> => {
  const { tokens, money } = await spending.spentOn(day);
  return { day, spent: { tokens, money: money / MILLION }, counts: await counts.readOn(day) };
};

/** Opens the model; this module and all below it are loaded only when one is set. Throws `bad-settings`. */
export function openLanguageModel(options: {
  settings: LanguageModelSettings;
  redis: RedisClient;
  clock: () => number;
  timeZone: string;
  log: Logger;
}): ModelDesk {
  const { settings, redis, clock, timeZone, log } = options;
  if (isTracing()) {
    throw new AppError(
      'bad-settings',
      'LANGSMITH_TRACING or LANGCHAIN_TRACING is set, which would send conversations to a third party: unset it.',
    );
  }
  const spending = createRedisSpending({ redis, limits: settings, clock, timeZone });
  const counts = createRedisCounts({ redis, clock, timeZone, log });
  const model = createLanguageModel({
    settings,
    chat: createOpenAiChat(settings),
    spending,
    counts,
    clock,
    log,
  });
  return {
    model,
    advise: createAdvise({ model, counts, withinMs: settings.turnBudgetMs }),
    draft: createDraft({ model, counts, withinMs: settings.agentBudgetMs }),
    readDays: () =>
      Promise.all(
        Array.from({ length: DAYS }, (_, n) =>
          readDay(dayOf(clock() - n * DAY_MS, timeZone), spending, counts),
        ),
      ),
    close: model.close,
  };
}
