import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Next, Request, Response, Server } from 'restify';
import { registerPages } from '../../src/http/pages';
import { sendJson } from '../../src/http/send';
import { createHttpServer, listen } from '../../src/http/server';

describe('the HTTP server', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createHttpServer();
    server.get('/things/:id', (_request: Request, response: Response, next: Next) => {
      sendJson(response, 200, { status: 'here' });
      next(false);
    });
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    writeFileSync(join(folder, 'page.js'), 'let page = 1;');
    writeFileSync(join(folder, 'index.html'), '<style nonce="{{nonce}}"></style>');
    registerPages(server, '/pages', folder);
    port = await listen(server, '127.0.0.1', 0);
  });
  afterAll(() => {
    server.close();
    server.server.closeAllConnections();
  });

  /** Sends bytes as they stand, which no client library would; answers all that came back. */
  async function exchange(bytes: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.end(bytes);
    await once(socket, 'close');
    return answer;
  }
  const ask = (method: string, target: string) =>
    exchange(`${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);

  it.each([
    ['GET', '/nothing', 404],
    ['GET', '/things/a/b', 404],
    ['POST', '/things/a', 405],
    ['DELETE', '/things/a', 405],
    ['GET', '/things/a?x=%E0%A4%A', 200],
  ])('answers %s %s with %i, once', async (method, target, status) => {
    const answer = await ask(method, target);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
    if (status !== 200) expect(answer).toMatch(/\{"error":\{"code":"\w+","message":"[^"]+"\}\}$/);
  });

  it.each([
    ['GET', '/things/%E0%A4%A'],
    ['GET', '/things/%'],
    ['GET', '//'],
    ['GET', '///x'],
    ['GET', 'http://[/things'],
    ['GET', 'http://elsewhere/things/a'],
    ['GET', '?'],
    ['GET', '/\\things'],
    ['GET', '/things/a;b=c/../..'],
    ['OPTIONS', '*'],
    ['OPTIONS', '/nothing'],
    ['TRACE', '/things/a'],
    ['BREW', '/things/a'],
    ['GET', 'an address of 20,000 letters'],
  ])('outlives %s %s', async (method, target) => {
    const answer = await ask(method, target.startsWith('an ') ? `/${'x'.repeat(20_000)}` : target);
    expect(answer).toMatch(/^HTTP\/1\.1 [24]\d\d /);
    expect(await ask('GET', '/things/a')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each(['[', 'a b', 'x:99999', '', '%', 'x/../y'])('outlives the Host header "%s"', async (host) => {
    const answer = await exchange(`GET /things/a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404) /);
    expect(await ask('GET', '/things/a')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('sends a page once to whoever has it already, and one with a nonce anew each time', async () => {
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}/pages${path}`, { headers });
    const first = await get('/page.js');
    const tag = first.headers.get('etag') ?? '';
    expect([first.status, await first.text(), tag]).toEqual([
      200,
      'let page = 1;',
      expect.stringMatching(/^W\/"/),
    ]);
    const again = await get('/page.js', { 'If-None-Match': `"other", ${tag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get('/page.js', { 'If-None-Match': '"other"' })).status).toBe(200);
    expect((await get('')).headers.get('etag')).toBeNull();
  });

  it('says in one sentence that its port is taken', async () => {
    const second = createHttpServer();
    await expect(listen(second, '127.0.0.1', port)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 cannot be used: stop what has it, or set PORT.`,
    );
  });
});
