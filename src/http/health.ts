import type { Next, Request, Response, Server } from 'restify';
import { sendJson } from './send';

/** Answers what is missing, as short phrases; empty when the part is ready. */
export type Readiness = () => Promise<string[]> | string[];

/** `/healthz`: the process is alive. `/readyz`: it can serve; else 503 with what is missing. */
export function registerHealth(server: Server, parts: Readiness[]): void {
  server.get('/healthz', (_request: Request, response: Response, next: Next) => {
    sendJson(response, 200, { status: 'alive' });
    next(false);
  });
  server.get('/readyz', (_request: Request, response: Response, next: Next) => {
    Promise.all(parts.map(async (part) => part()))
      .then((found) => found.flat())
      .catch(() => ['readiness could not be judged'])
      .then((missing) => {
        sendJson(response, missing.length === 0 ? 200 : 503, {
          status: missing.length === 0 ? 'ready' : 'not ready',
          missing,
        });
        next(false);
      });
  });
}

/** Ready when the check succeeds within a second. */
export const answers = (name: string, check: () => Promise<unknown>): Readiness => {
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('late')), 1000);
    });
    try {
      await Promise.race([check(), late]);
      return [];
    } catch {
      return [name];
    } finally {
      clearTimeout(timer);
    }
  };
};
