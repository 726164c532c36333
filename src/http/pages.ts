import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Next, Request, Response, Server } from 'restify';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Our pages load nothing of others, and nobody else frames them. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; " +
  "base-uri 'none'; form-action 'self'; frame-src 'self'";

export interface Page {
  body: string;
  contentType: string;
}

/** `isFramed`: our own pages may show it in a frame, as the sample of an app does. */
export function sendPage(response: Response, { body, contentType }: Page, isFramed = false): void {
  response.writeHead(200, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': `${POLICY}; frame-ancestors ${isFramed ? "'self'" : "'none'"}`,
    'X-Frame-Options': isFramed ? 'SAMEORIGIN' : 'DENY',
  });
  response.end(body);
}

/** Serves the files of a folder below a path, `index.html` at the path itself; read once, at start. */
export function registerPages(server: Server, path: string, folder: string, isFramed = false): void {
  for (const name of readdirSync(folder)) {
    const contentType = TYPES[extname(name)];
    if (!contentType) continue;
    const page = { body: readFileSync(join(folder, name), 'utf8'), contentType };
    const at = name === 'index.html' ? path : `${path}/${name}`;
    server.get(at, (_request: Request, response: Response, next: Next) => {
      sendPage(response, page, isFramed);
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
