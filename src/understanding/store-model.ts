import { z } from 'zod';
import { AppError } from '../errors';
import { lexiconSchema } from './lexicon';
import type { TrainedModel } from './recognizer';

/** Raised whenever what is learned from the same content changes: a model of another release is learned anew. */
export const MODEL_SCHEMA = 4;

const headSchema = z.object({
  schema: z.literal(MODEL_SCHEMA),
  version: z.string(),
  intents: z.array(z.string()),
  lexicon: lexiconSchema,
  featureCount: z.number().int().nonnegative(),
  documentCount: z.number().int().nonnegative(),
  scale: z.number(),
  calibration: z.object({
    temperature: z.number(),
    threshold: z.number(),
    levels: z.object({ sure: z.number(), ask: z.number() }).optional(),
    accuracy: z.number(),
    refused: z.number(),
    kept: z.number(),
  }),
});

/** A length, a JSON head, then the lists as they are: features, counts, weights. */
export function writeModel({ version, linear, calibration }: TrainedModel): Buffer {
  const { features, counts, weights, ...rest } = linear;
  const head = { schema: MODEL_SCHEMA, version, calibration, featureCount: features.length, ...rest };
  const headBytes = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(headBytes.length);
  const bytesOf = (list: Int32Array | Uint16Array | Int8Array) =>
    Buffer.from(list.buffer, list.byteOffset, list.byteLength);
  return Buffer.concat([length, headBytes, bytesOf(features), bytesOf(counts), bytesOf(weights)]);
}

/** Reads pieces one after the other; each is a copy, since its place in the file need not be aligned. */
function pieceReader(bytes: Buffer, start: number): (length: number) => ArrayBuffer {
  let at = start;
  return (length) => {
    const piece = bytes.subarray(at, at + length);
    if (piece.length !== length) throw new Error('the file is cut off');
    at += length;
    return new Uint8Array(piece).buffer;
  };
}

/** Throws `bad-content` for anything that this release did not write. */
export function readModel(bytes: Buffer): TrainedModel {
  try {
    const start = 4 + bytes.readUInt32LE(0);
    const head = headSchema.parse(JSON.parse(bytes.toString('utf8', 4, start)));
    const { version, calibration, intents, lexicon, documentCount, scale, featureCount } = head;
    const next = pieceReader(bytes, start);
    const features = new Int32Array(next(4 * featureCount));
    const counts = new Uint16Array(next(2 * featureCount));
    const weights = new Int8Array(next((featureCount + 1) * intents.length));
    const linear = { intents, lexicon, documentCount, scale, features, counts, weights };
    return { version, calibration, linear };
  } catch (error) {
    throw new AppError('bad-content', 'The stored model cannot be read; train it anew.', { cause: error });
  }
}
