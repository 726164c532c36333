import type { CommandHandlers } from '../turns/commands';
import { operationHandler } from '../turns/operation-handler';
import type { OneTimeCodes } from './one-time-codes';
import { isMobile, readPhone } from './phone';
import { unseal } from './seal';

/**
 * A code that comes after its time helps nobody, and a try that nobody waits for need not be made. Nor does either wait
 * for an order that is still looked for, or for a line that is measured.
 */
const whenAwaited = { mustComplete: false, lane: 'code' };
const badArguments = { type: 'error', code: 'bad-arguments' } as const;

/** The `otp.…` operations of dialogs; a number that takes no text message is a bad argument. */
export function createCustomerHandlers(codes: OneTimeCodes, dataKey: string): CommandHandlers {
  return {
    'otp.send': operationHandler('otp.send', whenAwaited, async (args, { id, conversationId }) => {
      const phone = readMobile(args.phone);
      if (phone === null) return badArguments;
      const sent = await codes.send({ commandId: id, conversationId, phone });
      if (sent.status === 'too-many') return { type: 'error', code: 'too-many' };
      return { type: 'ok', value: { expiresAt: sent.expiresAt } };
    }),
    'otp.verify': operationHandler('otp.verify', whenAwaited, async (args, { id, conversationId }) => {
      const phone = readMobile(args.phone);
      const code = open(dataKey, args.code);
      if (phone === null || code === null) return badArguments;
      const { isVerified, triesLeft } = await codes.verify({ commandId: id, conversationId, phone, code });
      return { type: 'ok', value: { isVerified, triesLeft, phone: isVerified ? phone : null } };
    }),
  };
}

function readMobile(text: string): string | null {
  const phone = readPhone(text);
  return phone !== null && isMobile(phone) ? phone : null;
}

/** Null for what was never sealed here: trying again would not help, so it is an outcome and no fault. */
function open(dataKey: string, sealed: string): string | null {
  try {
    return unseal(dataKey, sealed);
  } catch {
    return null;
  }
}
