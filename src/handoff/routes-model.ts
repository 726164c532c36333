import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { Call, RequirePermission } from '../accounts/guard';
import type { ConversationState } from '../contract/conversation';
import type { Drafted } from '../contract/language-model';
import { AppError } from '../errors';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { LogEntry, TurnStore } from '../turns/turn-store';
import type { Desk } from './desk';
import { maskPhones } from './mask-personal';

/** A language model that works for the desk. */
export interface ModelAssistant {
  /** The model's name, as its settings have it. */
  model: string;
  draft(purpose: 'summary' | 'reply', state: ConversationState, lines: LogEntry[]): Promise<Drafted>;
  /** Calls, refusals, dropped answers, tokens and money by day. */
  readDays(): Promise<unknown>;
}

export interface ModelRoutesDependencies {
  /** Null without a language model: then the routes answer 404 `no-language-model`. */
  assistant: ModelAssistant | null;
  desk: Pick<Desk, 'readFor'>;
  store: Pick<TurnStore, 'readLog' | 'lastPosition'>;
  requirePermission: RequirePermission;
  log: Logger;
}

/** Lines of the transcript that the model gets to read, the newest. */
const LINES = 60;

const NO_MODEL = {
  error: {
    code: 'no-language-model',
    message: 'There is no language model here; set LLM_BASE_URL, LLM_API_KEY and LLM_MODEL to have one.',
  },
};

/** Why there is no draft, for whoever asked for it. Nothing was changed or sent in any case. */
function refusalOf(status: Exclude<Drafted['status'], 'drafted'>): AppError {
  const rest = 'Nothing was sent or changed; the transcript is complete.';
  switch (status) {
    case 'conversation-budget':
    case 'day-budget': {
      const whose = status === 'day-budget' ? 'of the day' : 'of this conversation for today';
      return new AppError(
        'too-many-requests',
        `The budget ${whose} for the language model is used up. ${rest} It begins anew tomorrow.`,
      );
    }
    case 'rate-limited':
    case 'breaker-open':
      return new AppError('unavailable', `The language model is busy or failing. ${rest} Try again later.`, {
        retryAfterSeconds: 30,
      });
    case 'dropped':
      return new AppError(
        'unavailable',
        `What the language model wrote stated things that the conversation does not, so it is not shown. ${rest}`,
      );
    default:
      return new AppError('unavailable', `The language model gave no usable answer (${status}). ${rest}`, {
        retryAfterSeconds: 5,
      });
  }
}

/**
 * `POST /agent/conversations/:id/summary` and `…/suggested-reply`: drafts for an agent, written on demand by the
 * language model and marked so; they go nowhere by themselves. `GET /admin/language-model`: what it did and cost.
 */
export function registerModel(server: Server, deps: ModelRoutesDependencies): void {
  const { assistant, requirePermission, log } = deps;
  const actors = requirePermission('conversations.work');
  const draftRoute = (path: string, purpose: 'summary' | 'reply') => {
    const work = async ({ request, response, account }: Call<Parameters<ReturnType<typeof route>>[0]>) => {
      if (!assistant) return sendJson(response, 404, NO_MODEL);
      const conversationId = String(request.params?.id ?? '');
      const state = await deps.desk.readFor(account, conversationId);
      const last = await deps.store.lastPosition(conversationId);
      const lines = await deps.store.readLog(conversationId, Math.max(0, last - LINES), LINES);
      const drafted = await assistant.draft(purpose, state, lines);
      if (drafted.status !== 'drafted') throw refusalOf(drafted.status);
      sendJson(response, 200, { ...drafted.draft, text: maskPhones(drafted.draft.text), upTo: last });
    };
    server.post(`/agent/conversations/:id/${path}`, route(log, actors(work)));
  };
  draftRoute('summary', 'summary');
  draftRoute('suggested-reply', 'reply');
  server.get(
    '/admin/language-model',
    route(
      log,
      requirePermission('model.read')(async ({ response }) => {
        if (!assistant) return sendJson(response, 404, NO_MODEL);
        sendJson(response, 200, { model: assistant.model, days: await assistant.readDays() });
      }),
    ),
  );
}
