import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpTranscribe } from '../../../src/channels/wechat/transcribe';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A service that answers as it is told, and what it was asked. */
async function service(listener: RequestListener) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/hear?model=large`;
  return createHttpTranscribe({ fetch, url, dialect: 'sichuan', timeoutMs: 300 });
}

/** Not chained: restify, where a process has loaded it, leaves `writeHead` without a result. */
function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers);
  response.end('{"text":"x"}');
}

const voice = { bytes: Buffer.from('#!AMR\n'), format: 'amr' };

describe('a transcription service by HTTP', () => {
  it('is sent the bytes, their format and the dialect, and its words are taken', async () => {
    const asked: { url: string; body: string }[] = [];
    const transcribe = await service(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      asked.push({ url: request.url ?? '', body: Buffer.concat(chunks).toString() });
      response.end(JSON.stringify({ text: ' 家里断网了 ', confidence: 0.9 }));
    });
    expect(await transcribe(voice)).toBe('家里断网了');
    expect(asked).toEqual([{ url: '/hear?model=large&format=amr&dialect=sichuan', body: '#!AMR\n' }]);
  });

  it.each<[string, RequestListener]>([
    ['is not sure', (_, response) => response.end(JSON.stringify({ text: '断网', confidence: 0.3 }))],
    ['hears nothing', (_, response) => response.end(JSON.stringify({ text: '  ' }))],
    ['answers something else', (_, response) => response.end('<html>')],
    ['answers another shape', (_, response) => response.end(JSON.stringify({ words: ['x'] }))],
    ['talks too much', (_, response) => response.end(JSON.stringify({ text: 'x'.repeat(5000) }))],
    ['fails', (_, response) => answer(response, 500)],
    ['leads elsewhere', (_, response) => answer(response, 302, { Location: '/other' })],
    ['is too slow', () => undefined],
    ['breaks the connection', (request) => request.socket.destroy()],
  ])('says nothing when the service %s', async (_what, listener) => {
    const transcribe = await service(listener);
    expect(await transcribe(voice)).toBeNull();
  });

  it('says nothing when there is no service', async () => {
    const transcribe = createHttpTranscribe({
      fetch,
      url: 'http://127.0.0.1:1/',
      dialect: 'x',
      timeoutMs: 300,
    });
    expect(await transcribe(voice)).toBeNull();
  });
});
