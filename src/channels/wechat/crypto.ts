import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../errors';

/** WeChat pads to blocks of 32 bytes, where AES has 16: Node's own padding would refuse half of the messages. */
const BLOCK = 32;
const RANDOM = 16;
const LENGTH = 4;

const keyOf = (encodingAesKey: string): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64');

function pad(plain: Buffer): Buffer {
  const size = BLOCK - (plain.length % BLOCK);
  return Buffer.concat([plain, Buffer.alloc(size, size)]);
}

function unpad(padded: Buffer): Buffer {
  const size = padded.at(-1) ?? 0;
  const isWhole = size >= 1 && size <= BLOCK && size <= padded.length;
  if (!isWhole || !padded.subarray(-size).every((byte) => byte === size)) throw unreadable();
  return padded.subarray(0, -size);
}

const unreadable = (cause?: unknown) =>
  new AppError('bad-request', 'The encrypted message cannot be read with the key of this account.', {
    cause,
  });

/** Encrypts a message for, or as, WeChat: base64 of random bytes, length, message and app id. */
export function encryptMessage(encodingAesKey: string, appId: string, message: string): string {
  const key = keyOf(encodingAesKey);
  const body = Buffer.from(message);
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(body.length);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([randomBytes(RANDOM), length, body, Buffer.from(appId)]);
  return Buffer.concat([cipher.update(pad(plain)), cipher.final()]).toString('base64');
}

/** Call it only after the signature was checked. Throws `bad-request` for what was not made for this account. */
export function decryptMessage(encodingAesKey: string, appId: string, encrypted: string): string {
  const key = keyOf(encodingAesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  let padded: Buffer;
  try {
    padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  } catch (error) {
    throw unreadable(error);
  }
  const plain = unpad(padded);
  if (plain.length < RANDOM + LENGTH) throw unreadable();
  const from = RANDOM + LENGTH;
  const until = from + plain.readUInt32BE(RANDOM);
  if (until > plain.length || plain.toString('utf8', until) !== appId) throw unreadable();
  return plain.toString('utf8', from, until);
}
