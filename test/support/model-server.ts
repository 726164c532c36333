import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the endpoint was asked: the body of a chat completion. */
export interface AskedModel {
  model: string;
  messages: { role: string; content: string }[];
  max_tokens?: number;
  response_format?: { type: string };
  tools?: unknown[];
  authorization: string;
}

export type Misbehave = (asked: AskedModel, response: ServerResponse, request: IncomingMessage) => void;

/** A local endpoint that speaks the chat completions of OpenAI, well or badly. */
export interface ModelServer {
  url: string;
  asked: AskedModel[];
  behave(next: Misbehave): void;
  stop(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

export async function startModelServer(first: Misbehave = answers({})): Promise<ModelServer> {
  const asked: AskedModel[] = [];
  let behaviour = first;
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    readBody(request).then(
      (text) => {
        const body: AskedModel = {
          ...JSON.parse(text),
          authorization: request.headers.authorization ?? '',
        };
        asked.push(body);
        behaviour(body, response, request);
      },
      () => undefined,
    );
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    behave: (next) => {
      behaviour = next;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const completion = (
  message: unknown,
  usage: unknown = { prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 },
) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'test-model',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...(message as object) } }],
  usage,
});

const send = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

/** Answers a value as JSON; as a call of a tool when it was given tools. */
export const answers =
  (value: unknown | ((asked: AskedModel) => unknown)): Misbehave =>
  (asked, response) => {
    const json = JSON.stringify(typeof value === 'function' ? value(asked) : value);
    const call = { id: 'c1', type: 'function', function: { name: 'message', arguments: json } };
    send(response, 200, completion(asked.tools ? { content: null, tool_calls: [call] } : { content: json }));
  };

export const writes =
  (text: string): Misbehave =>
  (_asked, response) =>
    send(response, 200, completion({ content: text }));

export const refuses: Misbehave = (_asked, response) =>
  send(response, 200, completion({ content: null, refusal: 'I cannot help with that.' }));

export const says =
  (status: number, headers: Record<string, string> = {}): Misbehave =>
  (_asked, response) =>
    send(response, status, { error: { message: 'no', type: 'error' } }, headers);

export const neverAnswers: Misbehave = () => undefined;

export const hangsUp: Misbehave = (_asked, response) => void response.socket?.destroy();

/** Begins an answer and drops the connection in the middle of it. */
export const dropsOff: Misbehave = (_asked, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '5000' });
  response.write('{"id":"chatcmpl-1","choices":[{"message":{"content":"{');
  response.socket?.end();
};

export const floods: Misbehave = (_asked, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

export const redirects =
  (to: string): Misbehave =>
  (_asked, response) =>
    send(response, 307, '', { Location: to });

/** The JSON document in which a question was sent. */
export const materialOf = ({ messages }: AskedModel): Record<string, unknown> =>
  JSON.parse(messages.at(-1)?.content ?? '{}');
