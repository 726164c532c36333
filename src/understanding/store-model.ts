import { z } from 'zod';
import { AppError } from '../errors';
import type { TrainedModel } from './recognizer';

const headSchema = z.object({
  schema: z.literal(1),
  version: z.string(),
  intents: z.array(z.string()),
  vocabulary: z.array(z.string()),
  calibration: z.object({
    temperature: z.number(),
    threshold: z.number(),
    accuracy: z.number(),
    refused: z.number(),
    kept: z.number(),
  }),
});

/** A length, a JSON head, then the numbers as they are. */
export function writeModel({ version, linear, calibration }: TrainedModel): Buffer {
  const { intents, vocabulary, idf, weights } = linear;
  const head = Buffer.from(
    JSON.stringify({ schema: 1, version, intents, vocabulary: [...vocabulary.keys()], calibration }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const bytesOf = (list: Float32Array) => Buffer.from(list.buffer, list.byteOffset, list.byteLength);
  return Buffer.concat([length, head, bytesOf(idf), bytesOf(weights)]);
}

/** Throws `bad-content` for anything that this release did not write. */
export function readModel(bytes: Buffer): TrainedModel {
  try {
    const start = 4 + bytes.readUInt32LE(0);
    const { version, intents, vocabulary, calibration } = headSchema.parse(
      JSON.parse(bytes.toString('utf8', 4, start)),
    );
    const floats = (from: number, count: number) => {
      const part = bytes.subarray(from, from + 4 * count);
      if (part.length !== 4 * count) throw new Error('the file is cut off');
      // A copy of its own, since the place in the file need not be aligned.
      return new Float32Array(new Uint8Array(part).buffer);
    };
    const idf = floats(start, vocabulary.length);
    const weights = floats(start + 4 * vocabulary.length, (vocabulary.length + 1) * intents.length);
    const index = new Map(vocabulary.map((name, i) => [name, i]));
    return { version, calibration, linear: { intents, vocabulary: index, idf, weights } };
  } catch (error) {
    throw new AppError('bad-content', 'The stored model cannot be read; train it anew.', { cause: error });
  }
}
