import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors';
import { parseJson } from './parse-json';

/** Reads a body up to a limit in bytes. Throws `too-large`, and keeps no more of it, when there is more. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () => new AppError('too-large', `The body is larger than ${limit} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  refuseEncoded(request);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Leaving the loop must not destroy the request.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      // Without an encoding, a request gives buffers.
      const buffer = chunk as Buffer;
      length += buffer.length;
      if (length > limit) throw tooLarge();
      chunks.push(buffer);
    }
  } catch (error) {
    // What still comes is read and dropped, so that the connection can carry the answer and the next request.
    request.resume();
    if (error instanceof AppError) throw error;
    throw new AppError('bad-request', 'The body ended before it was whole.', { cause: error });
  }
  return chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks);
}

/** Nothing is unpacked: a small body could become a huge one. */
export function refuseEncoded(request: IncomingMessage): void {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return;
  throw new AppError('unsupported-media', 'Send the body as it is, without a Content-Encoding.');
}

/** Reads JSON. Throws `unsupported-media` for another content type and `bad-request` for what is not JSON. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  const body = await readBody(request, limit);
  if (body.length === 0) return {};
  if (!/^application\/(.+\+)?json\b/i.test(type)) {
    throw new AppError('unsupported-media', `Send application/json; this was "${type || 'without a type'}".`);
  }
  return parseJson(body);
}
