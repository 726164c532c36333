import { z } from 'zod';

/** What WeChat's servers can be told to do wrong, in the order in which it is asked of them. */
export const faultSchema = z.enum([
  /** The message arrives, the answer never comes. */
  'timeout-after-send',
  /** The message arrives, the connection breaks before the answer. */
  'reset-after-send',
  /** "System busy", with the message delivered. */
  'busy',
  /** The token is refused until another one is fetched. */
  'expired-token',
  /** No sends are left. */
  'quota',
  /** Outside of the window. */
  'window',
  /** The API quota of the account is used up. */
  'api-quota',
  'no-permission',
  /** The account cannot show a menu. */
  'no-menu',
]);
export type Fault = z.infer<typeof faultSchema>;

/** Faults after which the sender cannot know whether the customer has the message. */
export const AMBIGUOUS: ReadonlySet<Fault> = new Set(['timeout-after-send', 'reset-after-send', 'busy']);

export const FAULT_CODES: Partial<Record<Fault, number>> = {
  busy: -1,
  'expired-token': 42001,
  quota: 45047,
  window: 45015,
  'api-quota': 45009,
  'no-permission': 48001,
  'no-menu': 40200,
};

/** Which fault, if any, the next customer-service send meets. */
export type FaultPlan = () => Fault | null;

/** Faults that were ordered one by one: each meets the next send and is gone. */
export interface FaultQueue {
  plan: FaultPlan;
  add(fault: Fault, count: number): void;
  left(): Fault[];
}

export function createFaultQueue(): FaultQueue {
  const queue: Fault[] = [];
  return {
    plan: () => queue.shift() ?? null,
    add: (fault, count) => void queue.push(...Array.from({ length: count }, () => fault)),
    left: () => [...queue],
  };
}
