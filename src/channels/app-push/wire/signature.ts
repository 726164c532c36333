import { signHeaders } from '../../../http/signature';

/** Headers of a push beside `Content-Type` and `Idempotency-Key`. */
export const TIMESTAMP_HEADER = 'X-Push-Timestamp';
export const SIGNATURE_HEADER = 'X-Push-Signature';

/** The headers that prove who sent a push, and when. */
export const signedHeaders = (body: string, secrets: string[], now: number): Record<string, string> =>
  signHeaders({ timestamp: TIMESTAMP_HEADER, signature: SIGNATURE_HEADER }, body, secrets, now);
