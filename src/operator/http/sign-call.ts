import { isSigned, signHeaders } from '../../http/signature';

export const OPERATOR_HEADERS = { timestamp: 'X-Operator-Timestamp', signature: 'X-Operator-Signature' };
export const KEY_HEADER = 'Idempotency-Key';

/** One call as it is signed: a body for one path must not pass for another, nor one key for another. */
export interface CallToSign {
  /** Below the operator's address, beginning with a slash. */
  path: string;
  /** Null for a call that only reads. */
  key: string | null;
  body: string;
}

const signedText = ({ path, key, body }: CallToSign): string => `${path}.${key ?? ''}.${body}`;

/** The headers of a call: who sent it, when, and its key. */
export const callHeaders = (call: CallToSign, secrets: string[], now: number): Record<string, string> => ({
  ...(call.key === null ? {} : { [KEY_HEADER]: call.key }),
  ...signHeaders(OPERATOR_HEADERS, signedText(call), secrets, now),
});

/** Whether one of the secrets has signed the call about now. */
export const isSignedCall = (
  call: CallToSign,
  header: (name: string) => string | undefined,
  secrets: string[],
  now: number,
): boolean => {
  const signed = {
    timestamp: header(OPERATOR_HEADERS.timestamp),
    signature: header(OPERATOR_HEADERS.signature),
    body: signedText(call),
  };
  return secrets.some((secret) => isSigned(signed, secret, now));
};
