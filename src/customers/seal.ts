import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../errors';

/** Names the scheme, so that a later one can be told apart: AES-256-GCM, key by HKDF-SHA256 of DATA_KEY. */
const PREFIX = 's1.';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A key of 32 bytes for one purpose, derived from a setting; keys of different purposes say nothing of each other. */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

/** Encrypts a short text. The same text gives another result every time. */
export function seal(dataKey: string, plain: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(dataKey, 'seal'), iv);
  cipher.setAAD(Buffer.from(PREFIX));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** Decrypts what `seal` made. Throws `bad-request` for anything else: another key, another scheme, a changed bit. */
export function unseal(dataKey: string, sealed: string): string {
  try {
    const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
    // base64url reads several spellings as the same bytes; only ours is accepted.
    if (PREFIX + bytes.toString('base64url') !== sealed) throw new Error('not a sealed value');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      deriveKey(dataKey, 'seal'),
      bytes.subarray(0, IV_BYTES),
      {
        authTagLength: TAG_BYTES,
      },
    );
    decipher.setAAD(Buffer.from(PREFIX));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = bytes.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new AppError('bad-request', 'A sealed value cannot be opened: it was changed, or DATA_KEY was.', {
      cause: error,
    });
  }
}
