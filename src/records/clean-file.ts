import { Transformer } from '@napi-rs/image';
import { AppError } from '../errors';
import type { FileExtension } from './files';
import { pixelsOf } from './image-size';

/** Pixels of one picture: more than phones take, and 200 MB once decoded. */
export const PIXELS_LIMIT = 51_000_000;

/** The first bytes of the kinds that are kept; pictures are decoded as well, so that these alone decide nothing. */
const SIGNATURES: [FileExtension, (bytes: Buffer) => boolean][] = [
  ['jpg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['png', (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  [
    'webp',
    (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  ],
  ['pdf', (bytes) => bytes.toString('latin1', 0, 5) === '%PDF-'],
];

const extensionOf = (bytes: Buffer) => SIGNATURES.find(([, fits]) => fits(bytes))?.[0] ?? null;

const damaged = (cause?: unknown) =>
  new AppError('unsupported-media', 'The picture is damaged and cannot be read.', { cause });

/** Judges by content, never by name, and writes images anew so that no metadata (a place, a device) is kept. */
export async function cleanFile(bytes: Buffer): Promise<{ bytes: Buffer; extension: FileExtension }> {
  const extension = extensionOf(bytes);
  if (extension === null) {
    throw new AppError('unsupported-media', 'Only JPEG, PNG, WebP and PDF can be sent.');
  }
  if (extension === 'pdf') return { bytes, extension };
  // Before anything is decoded: a small file can claim more pixels than this machine has memory for.
  const pixels = pixelsOf(bytes, extension);
  if (pixels === null) throw damaged();
  if (pixels > PIXELS_LIMIT) {
    throw new AppError('too-large', `A picture may have ${PIXELS_LIMIT / 1_000_000} million pixels.`);
  }
  try {
    return { bytes: await redraw(bytes, extension), extension };
  } catch (error) {
    throw damaged(error);
  }
}

function redraw(bytes: Buffer, extension: FileExtension): Promise<Buffer> {
  const image = new Transformer(bytes).rotate();
  if (extension === 'png') return image.png();
  return extension === 'jpg' ? image.jpeg(85) : image.webp(85);
}
