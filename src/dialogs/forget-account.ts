import type { DialogState, Frame } from '../contract/dialog';
import type { Dialog, DialogSet } from './schema';

/** What is known of somebody only because of a proof that no longer holds. */
export interface AccountFacts {
  phone: string | null;
  address: string | null;
  orderNumbers: string[];
}

/** Operations that answer what only the verified customer may know. */
const PRIVATE =
  /^(?:operator\.(?:customer|bill|services|contract|relocation|plan-quote|change-plan|cancel-service)|customer\.|work-order\.(?:list|find))/;

/** Shared facts that an account alone tells. */
const ACCOUNT_FACTS: ReadonlySet<string> = new Set(['customerLevel']);

/**
 * Takes out of a session what the customer's account told it. A dialog that had something of it begins anew with what
 * the customer has said; one whose order is being registered is let alone. Answers the timers of calls that nobody
 * waits for any more.
 */
export function forgetAccount(
  set: DialogSet,
  state: DialogState,
  facts: AccountFacts,
): { state: DialogState; cancelTimers: string[] } {
  const told = state.frames.flatMap((frame) => privateSlots(set, frame).map((name) => frame.slots[name]));
  const secrets = [facts.phone, facts.address, ...facts.orderNumbers, ...told.flatMap(textsIn)].filter(
    (text): text is string => text !== null && text.length > 3,
  );
  const holds = (value: unknown): boolean =>
    secrets.some((secret) => textsIn(value).join('\n').includes(secret));
  const cleaned = state.frames.map((frame) => cleanFrame(set, frame, holds));
  const cancelTimers = state.frames.flatMap(({ waiting }, i) =>
    waiting && cleaned[i]?.waiting === null ? [waiting.timerId] : [],
  );
  return {
    state: {
      ...state,
      frames: cleaned,
      shared: without(state.shared, holds, ACCOUNT_FACTS),
      lastReplies: [],
    },
    cancelTimers,
  };
}

function cleanFrame(set: DialogSet, frame: Frame, holds: (value: unknown) => boolean): Frame {
  const dialog = set.dialogs.get(frame.dialog);
  const first = dialog?.steps[0]?.id;
  if (!first || frame.waiting?.operation === 'work-order.create') return frame;
  const personal = new Set(privateSlots(set, frame));
  const slots = without(frame.slots, holds, personal);
  const isAsking = PRIVATE.test(frame.waiting?.operation ?? '');
  const isSame = Object.keys(slots).length === Object.keys(frame.slots).length && !isAsking;
  // What asked for it is not begun anew by its own outcome.
  if (isSame || frame.waiting?.operation.startsWith('customer.')) return { ...frame, slots };
  return { ...frame, slots, step: first, attempts: {}, waiting: null };
}

const without = (
  slots: Record<string, unknown>,
  holds: (value: unknown) => boolean,
  personal: ReadonlySet<string> = new Set(),
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(slots).filter(([name, value]) => !personal.has(name) && !holds(value)));

function privateSlots(set: DialogSet, frame: Frame): string[] {
  const dialog: Dialog | undefined = set.dialogs.get(frame.dialog);
  return (dialog?.steps ?? []).flatMap((step) =>
    step.type === 'call' && PRIVATE.test(step.operation) && step.saveAs in frame.slots ? [step.saveAs] : [],
  );
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
