import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors';

/** Reads a body up to a limit in bytes. Throws `too-large`, and stops reading, when there is more. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () => new AppError('too-large', `The body is larger than ${limit} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    // Without an encoding, a request gives buffers.
    const buffer = chunk as Buffer;
    length += buffer.length;
    if (length > limit) throw tooLarge();
    chunks.push(buffer);
  }
  return chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks);
}

/** Reads JSON. Throws `unsupported-media` for another content type and `bad-request` for what is not JSON. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  const body = await readBody(request, limit);
  if (body.length === 0) return {};
  if (!/^application\/(.+\+)?json\b/i.test(type)) {
    throw new AppError('unsupported-media', `Send application/json; this was "${type || 'without a type'}".`);
  }
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AppError('bad-request', 'The body is not valid JSON.', { cause: error });
  }
}
