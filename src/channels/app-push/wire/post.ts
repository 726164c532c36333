import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { PushVerdict } from '../../delivery/push-queue';
import { pauseOf } from '../../delivery/retry-after';
import { isPrivateAddress, lookupPublic, PRIVATE_ADDRESS } from './private-address';

export type Post = (body: string, headers: Record<string, string>) => Promise<PushVerdict>;

export interface PostSettings {
  url: string;
  /** From the first byte sent to the status of the answer. */
  timeoutMs: number;
  allowsPrivate: boolean;
}

/** Says that nothing was taken. Any other failure of a server may come after the push was accepted. */
const NOT_TAKEN = new Set([408, 425, 429, 503]);

export function verdictOf(status: number, retryAfter: string | null, now: number): PushVerdict {
  if (status >= 200 && status < 300) return { type: 'sent' };
  const reason = `http-${status}`;
  if (NOT_TAKEN.has(status)) return { type: 'later', reason, waitMs: pauseOf(retryAfter, now) };
  // A redirect is not followed: what is signed for one receiver is not for another.
  return status >= 500 ? { type: 'uncertain', reason } : { type: 'final', reason };
}

/**
 * Posts one push. A connection of its own each time: on one that is kept open nobody could tell whether a push that
 * was cut off had been read. Of the answer only the status counts; the rest is not read.
 */
export function createPost({ url, timeoutMs, allowsPrivate }: PostSettings, clock: () => number): Post {
  const { protocol, hostname } = new URL(url);
  const request = protocol === 'https:' ? requestHttps : requestHttp;
  if (!allowsPrivate && isPrivateAddress(hostname)) {
    return async () => ({ type: 'final', reason: PRIVATE_ADDRESS });
  }
  return (body, headers) =>
    new Promise((resolve) => {
      const call = request(url, {
        method: 'POST',
        agent: false,
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Content-Length': Buffer.byteLength(body),
          ...headers,
        },
        ...(allowsPrivate ? {} : { lookup: lookupPublic }),
      });
      const wasWritten = watchWriting(call, protocol);
      const late = setTimeout(
        () => call.destroy(Object.assign(new Error('late'), { code: 'timeout' })),
        timeoutMs,
      );
      const end = (verdict: PushVerdict): void => {
        clearTimeout(late);
        resolve(verdict);
      };
      call.on('response', (response) => {
        const retryAfter = response.headers['retry-after'] ?? null;
        end(verdictOf(response.statusCode ?? 0, retryAfter, clock()));
        call.destroy();
      });
      // Stays: what a receiver sends after its answer is an error of the connection, and nobody's business.
      call.on('error', (error: NodeJS.ErrnoException) => end(failureOf(error.code, wasWritten())));
      call.end(body);
    });
}

/** Answers whether anything of the request can have reached the receiver. */
function watchWriting(call: ClientRequest, protocol: string): () => boolean {
  let isConnected = false;
  call.on('socket', (socket) => {
    socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      isConnected = true;
    });
  });
  return () => isConnected;
}

function failureOf(code: string | undefined, wasWritten: boolean): PushVerdict {
  const reason = code ?? 'interrupted';
  if (reason === PRIVATE_ADDRESS) return { type: 'final', reason };
  return wasWritten ? { type: 'uncertain', reason } : { type: 'later', reason, waitMs: 0 };
}
