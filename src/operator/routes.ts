import type { Logger } from 'pino';
import type { Server } from 'restify';
import { route } from '../http/server';
import { KNOWN_PHONES } from './simulated-customers';
import { KNOWN_PLACES } from './simulated-network';
import type { SentCode } from './simulated-operator';

/**
 * `GET /simulator/codes`: the one-time codes that the simulated operator "sent", and what can be tried with it. Shows
 * codes to whoever opens it: registered in development only.
 */
export function registerSimulatorPage(
  server: Server,
  deps: { sentCodes: () => SentCode[]; timeZone: string; log: Logger },
): void {
  const time = new Intl.DateTimeFormat('zh-CN', { timeZone: deps.timeZone, timeStyle: 'medium' });
  server.get(
    '/simulator/codes',
    route(deps.log, async (_request, response) => {
      const rows = deps.sentCodes().map(({ phone, code, at }) => [time.format(at), phone, code]);
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      });
      response.end(page(rows));
    }),
  );
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const table = (head: string[], rows: string[][]): string => {
  const line = (cells: string[], tag: 'td' | 'th') =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`;
};

const described = (known: Record<string, { what: string }>): string[][] =>
  Object.entries(known).map(([name, { what }]) => [name, what]);

/** Refreshes itself every three seconds. */
const page = (codes: string[][]): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="3">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>模拟运营商</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 40rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; }
</style>
</head>
<body>
<h1>模拟运营商</h1>
<h2>最近的验证码</h2>
<p>只在开发环境显示。验证码 5 分钟内有效，页面每 3 秒自动更新。</p>
${codes.length > 0 ? table(['时间', '手机号', '验证码'], codes) : '<p>还没有发出验证码。</p>'}
<h2>可以试的手机号</h2>
${table(['手机号', '情况'], described(KNOWN_PHONES))}
<h2>可以试的地址</h2>
${table(['地址', '情况'], described(KNOWN_PLACES))}
</body>
</html>
`;
