import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type AppPush, appPushSchema } from '../../../src/contract/app-push';
import { isSigned } from '../../../src/http/signature';

/** How the operator's server can fail. All but `status` and `refuse` have taken the push when they do. */
export type Fault =
  | { type: 'status'; status: number; headers?: Record<string, string> }
  /** Takes it, and answers after so long. */
  | { type: 'slow'; ms: number }
  /** Takes it and never answers. */
  | { type: 'hang' }
  /** Takes it and closes the connection instead of an answer. */
  | { type: 'close' }
  /** Says 200 and closes the connection in the middle of the body. */
  | { type: 'half' }
  /** Answers, and then answers once more. */
  | { type: 'twice' }
  /** Answers with a body without end. */
  | { type: 'huge' };

export const SECRET = 'push-secret-of-tests';

export interface Arrived {
  push: AppPush;
  body: string;
  headers: IncomingMessage['headers'];
}

/** The operator's server as docs/app-push.md asks for it: checks the signature, knows a push by its key. */
export async function startReceiver(secret = SECRET) {
  const sockets = new Set<Socket>();
  const state = {
    /** Every request that was read, in order. */
    arrived: [] as Arrived[],
    /** What was taken, once a key. */
    taken: new Map<string, AppPush>(),
    unsigned: 0,
    fault: (_push: AppPush): Fault | null => null,
  };
  const answer = (response: ServerResponse, status = 204, headers = {}) => {
    response.writeHead(status, headers);
    response.end();
  };

  function meet(fault: Fault | null, response: ServerResponse): void {
    const { socket } = response;
    switch (fault?.type) {
      case undefined:
        return answer(response);
      case 'status':
        return answer(response, fault.status, fault.headers);
      case 'slow':
        return void setTimeout(() => answer(response), fault.ms);
      case 'hang':
        return;
      case 'close':
        return void socket?.destroy();
      case 'half':
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('half');
        return void setImmediate(() => socket?.destroy());
      case 'twice':
        return void socket?.end(
          'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n',
        );
      case 'huge': {
        response.writeHead(200);
        const chunk = Buffer.alloc(64 * 1024);
        const more = (): void => {
          if (!socket?.destroyed && response.write(chunk)) setImmediate(more);
        };
        response.on('drain', more);
        return more();
      }
    }
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const { headers } = request;
    const signed = { timestamp: headers['x-push-timestamp'], signature: headers['x-push-signature'], body };
    const isOurs = isSigned(
      { ...signed, timestamp: String(signed.timestamp), signature: String(signed.signature) },
      secret,
      Number(signed.timestamp) * 1000,
    );
    if (!isOurs) {
      state.unsigned += 1;
      return answer(response, 401);
    }
    const push = appPushSchema.parse(JSON.parse(body));
    state.arrived.push({ push, body, headers });
    const fault = state.fault(push);
    if (fault?.type !== 'status') state.taken.set(push.key, push);
    meet(fault, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/push`,
    state,
    /** Meets each push of a conversation with the next of these. */
    meet: (conversationId: string, ...faults: Fault[]) => {
      state.fault = (push) => (push.conversationId === conversationId ? (faults.shift() ?? null) : null);
    },
    arrivedIn: (conversationId: string) =>
      state.arrived.filter(({ push }) => push.conversationId === conversationId),
    takenIn: (conversationId: string) =>
      [...state.taken.values()].filter((push) => push.conversationId === conversationId),
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
