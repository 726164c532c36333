import { type AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { getEnvironmentVariable } from '@langchain/core/utils/env';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import type { LanguageModelSettings } from '../../contract/language-model';
import { type Chat, type ChatAnswer, ChatFault, type ChatQuestion } from './chat';
import { limitedFetch } from './limited-fetch';

/** Settings of LangChain's own by which it sends every question and answer to a service for tracing. */
const TRACING = ['LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2', 'LANGSMITH_TRACING', 'LANGCHAIN_TRACING'];

/** Whether LangChain would send what is asked and answered to somebody else. */
export const isTracing = (): boolean => TRACING.some((name) => getEnvironmentVariable(name) === 'true');

/** Models that think before they answer take no temperature. */
const TAKES_NO_TEMPERATURE = /^(?:o\d|gpt-5)/;
/** However long the endpoint asks to be left alone: after five minutes it is tried again. */
const LONGEST_PAUSE_MS = 300_000;

function createClient(settings: LanguageModelSettings, maxTokens: number): ChatOpenAI {
  const { baseUrl, apiKey, model } = settings;
  return new ChatOpenAI({
    model,
    apiKey,
    maxTokens,
    maxRetries: 0,
    useResponsesApi: false,
    ...(TAKES_NO_TEMPERATURE.test(model) ? {} : { temperature: 0 }),
    __includeRawResponse: true,
    configuration: {
      baseURL: baseUrl,
      maxRetries: 0,
      logLevel: 'off',
      organization: null,
      project: null,
      fetch: limitedFetch(fetch),
    },
  });
}

/** How the answer is bound to the schema, in the ways that endpoints know. */
function bindSchema({ structure }: LanguageModelSettings, { name, schema }: ChatQuestion) {
  switch (structure) {
    case 'json-schema':
      return {
        response_format: { type: 'json_schema' as const, json_schema: { name, schema, strict: true } },
      };
    case 'tools':
      return {
        tools: [{ type: 'function' as const, function: { name, parameters: schema } }],
        tool_choice: { type: 'function' as const, function: { name } },
      };
    case 'json-object':
      return { response_format: { type: 'json_object' as const } };
  }
}

const rawSchema = z.object({
  __raw_response: z.object({
    choices: z.array(z.object({ message: z.object({ refusal: z.string().min(1) }) })),
  }),
});

function readAnswer(message: AIMessage): ChatAnswer {
  const [call] = message.tool_calls ?? [];
  const text = call ? JSON.stringify(call.args) : message.text;
  const usage = message.usage_metadata;
  return {
    text,
    isRefusal: rawSchema.safeParse(message.additional_kwargs).success,
    usage: usage ? { input: usage.input_tokens, output: usage.output_tokens } : null,
  };
}

const faultSchema = z.object({
  status: z.number().optional(),
  headers: z.unknown().optional(),
  cause: z.unknown().optional(),
});
/** What the client throws at an answer that it could fetch and not read. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && /SyntaxError|FinishReasonError/.test(`${error.name} ${error.constructor.name}`);

function retryAfterOf(headers: unknown): number | null {
  const value = headers instanceof Headers ? headers.get('retry-after') : null;
  if (value === null) return null;
  const ms = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS) : null;
}

/** Names a foreign error. What it says is left behind: it may quote what was asked. */
function faultOf(error: unknown, signal: AbortSignal): ChatFault {
  if (signal.aborted) return new ChatFault('timeout');
  for (let each: unknown = error, depth = 0; depth < 5; depth += 1) {
    if (each instanceof ChatFault) return each;
    if (isUnreadable(each)) return new ChatFault('bad-output');
    const { status, headers, cause } = faultSchema.safeParse(each).data ?? {};
    if (status === 429) return new ChatFault('rate-limited', retryAfterOf(headers));
    if (status !== undefined) return new ChatFault(status >= 500 ? 'server' : 'rejected');
    each = cause;
  }
  return new ChatFault('connection');
}

/** The port over LangChain and the chat completions of an OpenAI-compatible endpoint. */
export function createOpenAiChat(settings: LanguageModelSettings): Chat {
  const clients = new Map<number, ChatOpenAI>();
  return async (question) => {
    const { maxTokens, instructions, material, signal } = question;
    const client = clients.get(maxTokens) ?? createClient(settings, maxTokens);
    clients.set(maxTokens, client);
    // Endpoints that take no schema are told it in words.
    const shape =
      settings.structure === 'json-object' ? `\n\nSchema: ${JSON.stringify(question.schema)}` : '';
    const messages = [new SystemMessage(`${instructions}${shape}`), new HumanMessage(material)];
    try {
      return readAnswer(await client.invoke(messages, { ...bindSchema(settings, question), signal }));
    } catch (error) {
      throw faultOf(error, signal);
    }
  };
}
