import type { FileExtension } from './files';

/**
 * Width times height of a picture, read from its header without decoding it: a file of a few hundred bytes can claim
 * gigabytes of pixels. Null when the header is not whole.
 */
export function pixelsOf(bytes: Buffer, extension: FileExtension): number | null {
  try {
    switch (extension) {
      case 'png':
        return bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
      case 'jpg':
        return pixelsOfJpeg(bytes);
      case 'webp':
        return pixelsOfWebp(bytes);
      case 'pdf':
      case 'amr':
      case 'mp4':
        return 0;
    }
  } catch {
    // All that can fail above is reading past the end.
    return null;
  }
}

/** Markers that begin a frame, of whatever coding: C0 to CF without the tables C4, C8 and CC. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Segments follow each other, each with its length, until the picture itself; the largest frame counts. */
function pixelsOfJpeg(bytes: Buffer): number | null {
  for (let at = 2; at < bytes.length; ) {
    if (bytes.readUInt8(at) !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7);
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** The canvas of an extended file is 24 bits plus one each way; the two plain kinds have 14 bits each way. */
function pixelsOfWebp(bytes: Buffer): number | null {
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8X') return (bytes.readUIntLE(24, 3) + 1) * (bytes.readUIntLE(27, 3) + 1);
  if (kind === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1);
  }
  if (kind === 'VP8 ') return (bytes.readUInt16LE(26) & 0x3fff) * (bytes.readUInt16LE(28) & 0x3fff);
  return null;
}
