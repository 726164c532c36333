import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Operator } from '../operator/operator';
import type { Database } from '../records/database';
import {
  deleteRowsBefore,
  insertCheck,
  insertSend,
  lockPhone,
  markSent,
  readCheck,
  readSend,
  readSendTimes,
} from './one-time-code-rows';
import { deriveKey } from './seal';

/**
 * Proof that a visitor holds a phone: a code of six digits, sent by text message. It is good for five minutes and
 * five tries, in the conversation that asked for it, once; a newer one for the same phone replaces it. Both methods
 * may be called again with the same command: no second code goes out and no second try is used up. Phones are as
 * `readPhone` gives them.
 */
export interface OneTimeCodes {
  send(request: {
    commandId: string;
    conversationId: string;
    phone: string;
  }): Promise<{ status: 'sent'; expiresAt: number } | { status: 'too-many' }>;
  verify(request: {
    commandId: string;
    conversationId: string;
    phone: string;
    code: string;
  }): Promise<{ isVerified: boolean; triesLeft: number }>;
}

type Request = Parameters<OneTimeCodes['send']>[0];
type Check = Parameters<OneTimeCodes['verify']>[0];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LIFE_MS = 5 * MINUTE_MS;
const TRIES = 5;
/** Sends a phone may get in each span. */
const LIMITS: [spanMs: number, sends: number][] = [
  [10 * MINUTE_MS, 3],
  [DAY_MS, 10],
];

const isOverLimit = (sentAt: number[], now: number): boolean =>
  LIMITS.some(([spanMs, sends]) => sentAt.filter((at) => at > now - spanMs).length >= sends);

export function createOneTimeCodes(deps: {
  db: Database;
  operator: Pick<Operator, 'sendCode'>;
  dataKey: string;
  clock: () => number;
}): OneTimeCodes {
  const { db, operator, clock } = deps;
  const { codeOf, hashOf } = createCodes(deps.dataKey);
  let forgottenAt = 0;

  /** Decides about the code in one transaction; sending it follows, so that a crash between them only repeats it. */
  const issue = ({ commandId, conversationId, phone }: Request) =>
    db.transaction().execute(async (tx) => {
      await lockPhone(tx, phone);
      const before = await readSend(tx, commandId);
      if (before) return before;
      const now = clock();
      if (isOverLimit(await readSendTimes(tx, phone, now - DAY_MS), now)) return null;
      const expiresAt = now + LIFE_MS;
      await insertSend(tx, { commandId, phone, at: now, expiresAt });
      await tx
        .updateTable('one_time_codes')
        .set({
          conversation_id: conversationId,
          code_hash: hashOf(phone, codeOf(commandId)),
          expires_at: String(expiresAt),
          tries_left: TRIES,
        })
        .where('phone', '=', phone)
        .execute();
      return { expiresAt, isSent: false };
    });

  async function forgetOld(): Promise<void> {
    const now = clock();
    if (now - forgottenAt < 60 * MINUTE_MS) return;
    forgottenAt = now;
    await deleteRowsBefore(db, now - DAY_MS);
  }

  const check = ({ commandId, conversationId, phone, code }: Check) =>
    db.transaction().execute(async (tx) => {
      const held = await lockPhone(tx, phone);
      const before = await readCheck(tx, commandId);
      if (before) return before;
      const now = clock();
      const isOpen =
        held.conversation_id === conversationId && Number(held.expires_at) > now && held.tries_left > 0;
      const isVerified = isOpen && isSame(hashOf(phone, code), held.code_hash);
      const triesLeft = isOpen && !isVerified ? held.tries_left - 1 : 0;
      if (isOpen) {
        const change = isVerified ? { code_hash: null, tries_left: 0 } : { tries_left: triesLeft };
        await tx.updateTable('one_time_codes').set(change).where('phone', '=', phone).execute();
      }
      await insertCheck(tx, { commandId, conversationId, phone, at: now, isVerified, triesLeft });
      return { isVerified, triesLeft };
    });

  return {
    async send(request) {
      const issued = await issue(request);
      if (!issued) return { status: 'too-many' };
      if (!issued.isSent) {
        const { commandId, phone } = request;
        await operator.sendCode({ phone, code: codeOf(commandId) }, commandId);
        await markSent(db, commandId);
        await forgetOld();
      }
      return { status: 'sent', expiresAt: issued.expiresAt };
    },
    verify: check,
  };
}

/**
 * Codes are a keyed function of their command, which nobody without DATA_KEY can foretell: a retry after a crash
 * sends the same one, though only its hash is stored. The hash is keyed as well, since a million codes are soon tried.
 */
function createCodes(dataKey: string) {
  const codeKey = deriveKey(dataKey, 'one-time-code');
  const hashKey = deriveKey(dataKey, 'one-time-code-hash');
  return {
    codeOf: (commandId: string): string => {
      // 48 bits over a million codes: no code is likelier than another by more than one in 10^8.
      const drawn = createHmac('sha256', codeKey).update(commandId).digest().readUIntBE(0, 6);
      return String(drawn % 1_000_000).padStart(6, '0');
    },
    hashOf: (phone: string, code: string): string =>
      createHmac('sha256', hashKey)
        .update(JSON.stringify([phone, code]))
        .digest('hex'),
  };
}

const isSame = (hash: string, stored: string | null): boolean =>
  stored !== null && timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(stored, 'hex'));
