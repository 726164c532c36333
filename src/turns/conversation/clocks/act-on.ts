import type { Priority } from '../../../contract/conversation';
import type { OrderRef } from '../../../contract/dialog';
import type { SlaAction } from '../../../contract/sla';
import type { PatternName } from '../../../dialogs/pattern-names';
import { patternNames } from '../../../dialogs/pattern-names';
import { higherPriority } from '../../../handoff/ownership';
import { changeOwner, handOver, keepServing } from '../change-owner';
import { offerOrder } from '../converse';
import { addCommand, addRecord, localeOf, speakPattern, type Work } from '../work';
import { holdText } from './held-text';

/** A threshold that was passed, of the conversation itself or of one of its orders. */
export interface Passed {
  policy: string;
  percent: number;
  /** For whoever takes the conversation over. */
  reason: string;
  order: OrderRef | null;
}

export const TELL_SUPERVISOR = 'supervisor.tell';

/** Does what the policy says, in its order. A human who has the conversation is never talked over. */
export function actOn(work: Work, actions: SlaAction[], passed: Passed): void {
  for (const action of actions) act(work, action, passed);
}

function act(work: Work, action: SlaAction, passed: Passed): void {
  switch (action.type) {
    case 'hand-off':
      return handOff(work, action.priority, passed);
    case 'raise-priority':
      return raisePriority(work, action.to);
    case 'tell-supervisor':
      return tellSupervisor(work, passed);
    case 'tell-customer':
      return tellCustomer(work, action.pattern, passed);
    case 'offer-order':
      return offerInstead(work);
    case 'open-order':
      return openOrder(work, action, passed);
  }
}

/** Once: who waits already only moves up the line. */
function handOff(work: Work, priority: Priority, { reason, order }: Passed): void {
  const { owner } = work.state.ownership;
  if (owner === 'human') return;
  if (owner === 'queued') return raisePriority(work, priority);
  const resumeAt = work.state.dialog?.frames.at(-1)?.step ?? null;
  // Where there is an order already none is offered.
  handOver(work, { reason, priority, resumeAt }, (isAsked) =>
    order ? undefined : offerOrder(work, isAsked),
  );
}

/** Of a conversation that waits; who is served meanwhile goes on being served. */
function raisePriority(work: Work, to: Priority): void {
  const { ownership } = work.state;
  const priority = higherPriority(to, ownership.priority);
  if (ownership.owner !== 'queued' || priority === ownership.priority) return;
  const { reason, resumeAt, isBotServing } = ownership;
  changeOwner(work, { type: 'queue', reason: reason ?? '', priority, resumeAt });
  if (isBotServing) keepServing(work);
}

/** Of an order the supervisor is told by whoever watches its clock, in one with what was written down. */
function tellSupervisor(work: Work, { policy, percent, order }: Passed): void {
  if (order) return;
  addCommand(work, { operation: TELL_SUPERVISOR, args: { policy, percent, reason: 'sla-threshold' } });
}

const isPattern = (name: string): name is PatternName => patternNames.some((each) => each === name);

function tellCustomer(work: Work, pattern: string, { policy, order }: Passed): void {
  if (!isPattern(pattern)) return;
  if (work.state.ownership.owner === 'human') return addRecord(work, 'unshown', { policy, pattern });
  if (holdText(work, { pattern, number: order?.number ?? null })) return;
  if (order) return tellOfOrder(work, pattern, order);
  speakPattern(work, pattern);
}

/** `order.promiseAt` is the time that the customer was told, `newAt` the one that holds now. */
export function tellOfOrder(work: Work, pattern: PatternName, order: OrderRef): void {
  const toldAt = order.toldAt ?? order.promiseAt;
  speakPattern(work, pattern, { order: { ...order, promiseAt: toldAt }, newAt: order.promiseAt });
  work.state.orders = work.state.orders.map((each) =>
    each.number === order.number ? { ...each, toldAt: each.promiseAt } : each,
  );
}

/** Who waits need not wait: the bot serves, and an order or a call-back is offered, once and never in danger. */
function offerInstead(work: Work): void {
  const { owner, priority, isBotServing } = work.state.ownership;
  if (owner !== 'queued') return;
  keepServing(work);
  if (priority !== 'danger' && !isBotServing) offerOrder(work);
}

function openOrder(
  work: Work,
  { kind, summary }: Extract<SlaAction, { type: 'open-order' }>,
  { order, policy }: Passed,
): void {
  const text = summary[localeOf(work)];
  addCommand(work, {
    operation: 'work-order.create',
    args: {
      kind,
      summary: order ? `${text} (${order.number})` : text,
      phone: work.state.customer?.phone ?? null,
      priority: 'high',
      details: { policy, about: order?.number ?? null },
    },
  });
}
