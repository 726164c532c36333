import type { IncomingMessage } from 'node:http';
import { may, type Worker } from '../accounts/permissions';
import { AppError } from '../errors';

/** What the handoff needs written down: who looked at what, and why. Throws when it cannot be written. */
export type Audit = (entry: {
  accountId: string;
  action:
    | 'conversation.beyond-capacity'
    | 'conversation.reveal'
    | 'work-order.create'
    | 'work-order.reveal'
    | 'work-order.transition';
  subject: string;
  note: string;
}) => Promise<void>;

const REASON_LIMIT = 200;

/** Headers carry ASCII only, so a reason may come percent-encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Why personal data shall be shown (`?reveal=1` with `X-Reveal-Reason` or `&reason=`); null when nobody asks for them.
 * Throws `bad-request` without a reason, and `forbidden`.
 */
export function revealReason(
  request: IncomingMessage,
  query: URLSearchParams,
  worker: Worker,
): string | null {
  if (query.get('reveal') !== '1') return null;
  if (!may(worker, 'personal-data.read')) {
    throw new AppError(
      'forbidden',
      `The role "${worker.role}" may not see whole numbers. Nothing was shown.`,
    );
  }
  const header = request.headers['x-reveal-reason'];
  const reason = (query.get('reason') ?? decode(String(header ?? ''))).trim().slice(0, REASON_LIMIT);
  if (reason === '') {
    throw new AppError(
      'bad-request',
      'Say why the numbers are needed (header X-Reveal-Reason, or reason=…); it is kept with your name. Nothing was shown.',
    );
  }
  return reason;
}
