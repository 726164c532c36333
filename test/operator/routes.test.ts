import type { Server } from 'restify';
import { createHttpServer, listen } from '../../src/http/server';
import { registerSimulatorPage } from '../../src/operator/routes';
import type { SentCode } from '../../src/operator/simulated-operator';
import { silent } from '../support/turns';

describe('the page of the simulated operator', () => {
  let server: Server;
  let url: string;
  let codes: SentCode[] = [];
  beforeAll(async () => {
    server = createHttpServer();
    registerSimulatorPage(server, { sentCodes: () => codes, timeZone: 'Asia/Shanghai', log: silent });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}/simulator/codes`;
  });
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      }),
  );

  it('shows the codes that were sent, in Chinese and by the clock of the zone', async () => {
    codes = [{ phone: '13800138000', code: '123456', at: Date.UTC(2026, 10, 24, 2) }];
    const response = await fetch(url);
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(html).toMatch(/<td>10:00:00<\/td><td>13800138000<\/td><td>123456<\/td>/);
    expect(html).toContain('http-equiv="refresh"');
  });

  it('says when none was sent, and what can be tried', async () => {
    codes = [];
    const html = await (await fetch(url)).text();
    expect(html).toContain('还没有发出验证码');
    expect(html).toContain('13800138003');
  });

  it('shows hostile text as text', async () => {
    codes = [{ phone: '<script>alert(1)</script>', code: '"&\'', at: 0 }];
    const html = await (await fetch(url)).text();
    expect(html).not.toContain('<script');
    expect(html).toContain('&#60;script&#62;');
  });
});
