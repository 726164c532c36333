import type { CallOutcome } from '../delivery/call-outcome';
import { TOKEN_CODES } from './api';

/** What is done about the outcome of a customer-service send. */
export type Verdict =
  | { type: 'sent' }
  /** The account cannot show a menu: the same as numbered text. */
  | { type: 'as-text' }
  /** Not sent, and it waits for the customer's next message. */
  | { type: 'hold' }
  /** Outside of the window, or the customer has left: by another way, if there is one. */
  | { type: 'other-way' }
  /** Not sent, and it will not be; somebody must look at the account. */
  | { type: 'final'; reason: string }
  /** Nothing goes out of this account for a while. */
  | { type: 'pause' }
  /** Nothing was written: again, after a while. */
  | { type: 'later'; reason: string }
  /** It may have arrived. */
  | { type: 'uncertain'; reason: string };

/** The action of every error code that the protocol names; another refusal is final, with its code as the reason. */
export function verdictOf(outcome: CallOutcome): Verdict {
  switch (outcome.type) {
    case 'ok':
      return { type: 'sent' };
    case 'unsent':
      return { type: 'later', reason: outcome.reason };
    case 'unknown':
      return { type: 'uncertain', reason: outcome.reason };
    case 'refused':
      return refusalOf(outcome.code);
  }
}

function refusalOf(code: number): Verdict {
  // Refused twice, the second time with a new token.
  if (TOKEN_CODES.has(code)) return { type: 'later', reason: 'token-refused' };
  switch (code) {
    case 40200:
      return { type: 'as-text' };
    case 45047:
      return { type: 'hold' };
    case 45015:
      return { type: 'other-way' };
    case 45009:
      return { type: 'pause' };
    case 48001:
      return { type: 'final', reason: 'no-permission' };
    default:
      return { type: 'final', reason: `refused-${code}` };
  }
}
