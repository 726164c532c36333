import { ChatFault } from './chat';

/** No answer of ours is longer; whatever sends more is no model. */
const BODY_LIMIT = 256 * 1024;
const BODILESS = new Set([101, 204, 205, 304]);

async function readLimited(response: Response, limit: number): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (!response.body) return parts;
  for await (const part of response.body) {
    size += part.byteLength;
    // Leaving the loop cancels the stream, and with it the connection.
    if (size > limit) throw new ChatFault('too-large');
    parts.push(part);
  }
  return parts;
}

/**
 * `fetch` that reads at most 256 KB and follows no redirect, so that the key goes to the configured address only.
 * Throws `too-large` above the limit.
 */
export const limitedFetch =
  (fetch: typeof globalThis.fetch, limit = BODY_LIMIT): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' });
    const { status, headers } = response;
    const parts = await readLimited(response, limit);
    return new Response(BODILESS.has(status) ? null : Buffer.concat(parts), { status, headers });
  };
