import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Next, Request, Response, Server } from 'restify';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Our pages load nothing of others, and nobody frames them. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export interface Page {
  body: string;
  contentType: string;
}

export function sendPage(response: Response, { body, contentType }: Page): void {
  response.writeHead(200, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': POLICY,
    'X-Frame-Options': 'DENY',
  });
  response.end(body);
}

/** Serves the files of a folder below a path, `index.html` at the path itself; read once, at start. */
export function registerPages(server: Server, path: string, folder: string): void {
  for (const name of readdirSync(folder)) {
    const contentType = TYPES[extname(name)];
    if (!contentType) continue;
    const page = { body: readFileSync(join(folder, name), 'utf8'), contentType };
    const at = name === 'index.html' ? path : `${path}/${name}`;
    server.get(at, (_request: Request, response: Response, next: Next) => {
      sendPage(response, page);
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
