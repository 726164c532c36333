import type { CallOutcome } from '../delivery/call-outcome';
import { TOKEN_CODES } from '../wechat/api';
import type { WecomAccount } from './account';

/** What is done about the outcome of a send. */
export type Verdict =
  | { type: 'sent' }
  /** The menu is refused: the same as numbered text. */
  | { type: 'as-text' }
  /** Not sent, and it waits for the customer's next message. */
  | { type: 'hold' }
  /** Outside of the window, or the session has ended: by another way, if there is one. */
  | { type: 'other-way' }
  /** Not in this state of the session: it is asked which one it is. */
  | { type: 'ask-state' }
  /** Not sent, and it will not be; somebody must look at the account. */
  | { type: 'final'; reason: string }
  /** Nothing goes out of this account for a while. */
  | { type: 'pause' }
  /** Nothing was taken: again, after a while. */
  | { type: 'later'; reason: string }
  /** It may have arrived. */
  | { type: 'uncertain'; reason: string };

/** Codes after which somebody must look, by what agents read. Another refusal has its code as the reason. */
const FINAL: Record<number, string> = {
  40096: 'unknown-customer',
  48001: 'no-permission',
  48002: 'no-permission',
  60011: 'no-permission',
  60020: 'address-not-allowed',
  95000: 'no-account',
  95003: 'company-not-verified',
  95004: 'no-account',
  95011: 'wrong-secret',
  95012: 'wrong-secret',
  95017: 'api-switched-off',
};

/** The action of every code that WeCom documents for a send. */
export function verdictOf(account: Pick<WecomAccount, 'doubleCodes'>, outcome: CallOutcome): Verdict {
  switch (outcome.type) {
    case 'ok':
      return { type: 'sent' };
    case 'unsent':
      return { type: 'later', reason: outcome.reason };
    case 'unknown':
      return { type: 'uncertain', reason: outcome.reason };
    case 'refused':
      return account.doubleCodes.includes(outcome.code) ? { type: 'sent' } : refusalOf(outcome.code);
  }
}

function refusalOf(code: number): Verdict {
  // Refused twice, the second time with a new token.
  if (TOKEN_CODES.has(code)) return { type: 'later', reason: 'token-refused' };
  switch (code) {
    case 95001:
      return { type: 'hold' };
    case 95002:
    case 95013:
      return { type: 'other-way' };
    case 95018:
      return { type: 'ask-state' };
    case 95008:
    case 95009:
      return { type: 'as-text' };
    case 45009:
      return { type: 'pause' };
    case 45033:
      return { type: 'later', reason: 'too-many-at-once' };
    default:
      return { type: 'final', reason: FINAL[code] ?? `refused-${code}` };
  }
}
