import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Next, Request, Response, Server } from 'restify';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Our pages load nothing of others, and nobody else frames them. */
const policyOf = (styles: string): string =>
  `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self' data: blob:; ` +
  "connect-src 'self' ws: wss:; base-uri 'none'; form-action 'self'; frame-src 'self'";

/** Where a page that makes style sheets wants the nonce of its answer. */
const NONCE_MARK = '{{nonce}}';

interface Page {
  body: string;
  contentType: string;
  /** The body packed, for browsers that take it; null for what is made anew each time. */
  packed: Buffer | null;
  /** Our own pages may show it in a frame, as the sample of an app does. */
  isFramed: boolean;
  /** Of the body: who has it already gets 304. Null for what is made anew each time. */
  tag: string | null;
}

/** The headers of every page; a nonce names the style sheets that its script makes as its own. */
const headersOf = ({ contentType, isFramed }: Page, nonce: string | null): Record<string, string> => ({
  'Content-Type': contentType,
  'Cache-Control': nonce ? 'no-store' : 'no-cache',
  Vary: 'Accept-Encoding',
  'Content-Security-Policy': `${policyOf(nonce ? `'self' 'nonce-${nonce}'` : "'self'")}; frame-ancestors ${isFramed ? "'self'" : "'none'"}`,
  'X-Frame-Options': isFramed ? 'SAMEORIGIN' : 'DENY',
});

/** A tag that is weak because packed and unpacked bodies share it: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
const tagOf = (body: string): string =>
  `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

const tagsIn = (header: string | undefined): string[] =>
  (header ?? '').split(',').map((tag) => tag.trim().replace(/^(?!W\/)/, 'W/'));

function sendPage(request: Request, response: Response, page: Page): void {
  const nonce = page.packed ? null : randomBytes(16).toString('base64');
  const body = nonce ? page.body.replaceAll(NONCE_MARK, nonce) : page.body;
  const isPacked = page.packed !== null && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (page.tag !== null && tagsIn(request.headers['if-none-match']).includes(page.tag)) {
    response.writeHead(304, { ...headersOf(page, nonce), ETag: page.tag });
    response.end();
    return;
  }
  const sent = isPacked && page.packed ? page.packed : Buffer.from(body);
  response.writeHead(200, {
    ...headersOf(page, nonce),
    ...(page.tag === null ? {} : { ETag: page.tag }),
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
    'Content-Length': sent.length,
  });
  response.end(sent);
}

/**
 * Serves the files of a folder below a path, `index.html` at the path itself; read once, at start. An `index.html` that
 * names `{{nonce}}` gets a nonce of its own with every answer, for the style sheets that its script makes.
 */
export function registerPages(server: Server, path: string, folder: string, isFramed = false): void {
  for (const name of readdirSync(folder)) {
    const contentType = TYPES[extname(name)];
    if (!contentType) continue;
    const body = readFileSync(join(folder, name), 'utf8');
    const isMadeAnew = name === 'index.html' && body.includes(NONCE_MARK);
    const packed = isMadeAnew ? null : gzipSync(body);
    const page = { body, contentType, packed, isFramed, tag: isMadeAnew ? null : tagOf(body) };
    const at = name === 'index.html' ? path : `${path}/${name}`;
    server.get(at, (request: Request, response: Response, next: Next) => {
      sendPage(request, response, page);
      next(false);
    });
  }
}

/** Serves one script to pages of any origin. */
export function registerScript(server: Server, path: string, file: string): void {
  const body = readFileSync(file, 'utf8');
  server.get(path, (_request: Request, response: Response, next: Next) => {
    response.writeHead(200, {
      'Content-Type': TYPES['.js'],
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'public, max-age=300',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
    next(false);
  });
}

/** Leads from one path to another. */
export function registerRedirect(server: Server, from: string, to: string): void {
  server.get(from, (_request: Request, response: Response, next: Next) => {
    response.writeHead(302, { Location: to });
    response.end();
    next(false);
  });
}
