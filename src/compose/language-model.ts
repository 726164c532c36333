import type { Config } from '../config';
import type { Content } from '../content/content';
import type { ConversationState } from '../contract/conversation';
import type { ArticlePassage } from '../contract/knowledge';
import type { LanguageModelSettings } from '../contract/language-model';
import { areaOf } from '../dialogs/knowledge/area-of';
import type { ModelAssistant } from '../handoff/routes-model';
import type { LogEntry } from '../turns/turn-store';
import type { ModelDesk } from '../understanding/language-model/open-language-model';
import type { Foundation } from './foundation';

/** The settings of the model; null when there is none. */
export function languageModelSettings(config: Config): LanguageModelSettings | null {
  const { LLM_BASE_URL: baseUrl, LLM_API_KEY: apiKey, LLM_MODEL: model } = config;
  if (!baseUrl || !apiKey || !model) return null;
  return {
    baseUrl,
    apiKey,
    model,
    structure: config.LLM_STRUCTURE,
    turnBudgetMs: config.LLM_TURN_BUDGET_MS,
    agentBudgetMs: config.LLM_AGENT_BUDGET_MS,
    price: { input: config.LLM_INPUT_PRICE, output: config.LLM_OUTPUT_PRICE },
    perConversationDay: { tokens: config.LLM_CONVERSATION_TOKENS, money: config.LLM_CONVERSATION_MONEY },
    perDay: { tokens: config.LLM_DAY_TOKENS, money: config.LLM_DAY_MONEY },
  };
}

/** `require` and not `import`: of all modules this one and what lies below it are loaded only when they are needed. */
const loadLanguageModel = (): typeof import('../understanding/language-model/open-language-model') =>
  require('../understanding/language-model/open-language-model');

/** The language model, if there is one. Its packages are loaded only then: a server without it pays nothing. */
export function openModelDesk({ config, redis, clock, log, cleanup }: Foundation): ModelDesk | null {
  const settings = languageModelSettings(config);
  if (!settings) return null;
  const { openLanguageModel } = loadLanguageModel();
  const desk = openLanguageModel({ settings, redis, clock, timeZone: config.TIME_ZONE, log });
  cleanup.add(desk.close);
  return desk;
}

const SPEAKERS = { user: 'customer', bot: 'bot', agent: 'agent' } as const;

const transcriptOf = (lines: LogEntry[]) =>
  lines.flatMap(({ activity: { type, text, from } }) =>
    type === 'message' && text ? [{ from: SPEAKERS[from.role ?? 'user'], text }] : [],
  );

/** Where the bot stood and what is registered: what stands in no line of the transcript. */
const factsOf = ({ dialog, orders }: ConversationState): string[] => [
  ...(dialog?.frames ?? []).map((frame) => `open dialog ${frame.dialog}, at step ${frame.step}`),
  ...orders.map(({ number, kind, status, summary }) => `order ${number}: ${kind}, ${status}, ${summary}`),
];

/** Knowledge about what the customer said last. */
function passagesFor(
  content: Content,
  { dialog }: ConversationState,
  { lines, now }: { lines: LogEntry[]; now: number },
): ArticlePassage[] {
  const asked = transcriptOf(lines).findLast(({ from }) => from === 'customer');
  const area = dialog ? areaOf(dialog) : null;
  return asked ? content.findArticles(asked.text, { now, area, locale: dialog?.locale ?? 'zh' }) : [];
}

/** The model as the desk has it; null without one. Its content finds the personal data that are hidden from it. */
export function createModelAssistant(
  desk: ModelDesk | null,
  { model, content, clock }: { model: string; content: () => Content; clock: () => number },
): ModelAssistant | null {
  if (!desk) return null;
  return {
    model,
    readDays: desk.readDays,
    draft(purpose, state, lines) {
      const locale = state.dialog?.locale ?? 'zh';
      const findEntities = (text: string) =>
        content().understand(text, { now: clock(), localeHint: locale }).entities;
      return desk.draft({
        purpose,
        conversationId: state.conversationId,
        locale,
        transcript: transcriptOf(lines),
        facts: factsOf(state),
        passages: purpose === 'reply' ? passagesFor(content(), state, { lines, now: clock() }) : [],
        names: [state.user.name, state.customer?.name ?? null, state.customer?.record?.name ?? null],
        findEntities,
      });
    },
  };
}
