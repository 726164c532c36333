import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a link; only its hash is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Tokens are random, so a plain sha256 keeps them: there is nothing to guess. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
