import type { Logger } from 'pino';
import type { FieldAct, Technician } from '../contract/field';
import type { FieldJob, PrivacyNumber } from '../contract/field-job';
import type { Operator } from '../operator/operator';
import type { OrderBooks, Refusal } from '../work-orders/clocks/change-order';
import { actInField, assignTechnician, noteCall } from '../work-orders/field/act-in-field';
import type { OrderRecord } from '../work-orders/order-record';
import { readOrder } from '../work-orders/read-orders';
import { type JobContext, jobOf } from './job-of';
import type { FieldClaims, FieldLinks } from './links';

export interface FieldDependencies extends OrderBooks {
  links: FieldLinks;
  operator: Pick<Operator, 'bindPrivacyNumber' | 'sendText'>;
  context: JobContext;
  clock: () => number;
  /** Told when an order has changed, to wake the events relay. */
  onEvent: () => void;
  log: Logger;
}

export type Refused = { status: 'refused'; reason: Refusal | 'no-number' };
export type JobResult = { status: 'done'; job: FieldJob } | Refused;

/** What technicians, and those who send them, can do. */
export interface FieldDesk {
  read(claims: FieldClaims): Promise<JobResult>;
  /** Once for a key. */
  act(claims: FieldClaims, request: { key: string; act: FieldAct }): Promise<JobResult>;
  /** A number that reaches the customer; that it was asked for is kept as an attempt to reach them. */
  call(claims: FieldClaims, key: string): Promise<{ status: 'done'; number: PrivacyNumber } | Refused>;
  /** Gives an order to a technician, who gets the link as a text message where their phone is known. */
  send(sent: Sent): Promise<({ status: 'done' } & SentLink) | Refused>;
}

export interface Sent {
  number: string;
  version: number;
  technician: Technician;
  /** `agent:<account id>`. */
  by: string;
}

/** `isTexted` is false without a phone, and when the operator did not take the message: pass the link on by hand. */
export interface SentLink {
  url: string;
  expiresAt: number;
  isTexted: boolean;
}

type Held = { status: 'held'; order: OrderRecord; technician: Technician } | Refused;

export function createFieldDesk(deps: FieldDependencies): FieldDesk {
  const { db, links, operator, context, clock, onEvent, log } = deps;

  /** The order of a link, unless it is somebody else's by now. */
  async function hold({ number, assignment }: FieldClaims): Promise<Held> {
    const order = (await readOrder(db, number))?.order;
    if (!order) return { status: 'refused', reason: 'not-found' };
    const { technician } = order.field;
    const isTheirs = technician !== null && order.field.assignment === assignment;
    return isTheirs ? { status: 'held', order, technician } : { status: 'refused', reason: 'reassigned' };
  }

  const textLink = async (phone: string, text: string, key: string): Promise<boolean> => {
    try {
      await operator.sendText({ phone, text }, key);
      return true;
    } catch (error) {
      log.warn({ err: error, key }, 'the link for a technician was not sent');
      return false;
    }
  };

  async function sendLink({ number, field }: OrderRecord, { id, phone }: Technician): Promise<SentLink> {
    const { assignment } = field;
    const link = await links.create({ number, technician: id, assignment });
    const text = `工单 ${number} 派给您了，点开处理：${link.url}`;
    const isTexted = phone !== null && (await textLink(phone, text, `field:${number}:${assignment}`));
    return { ...link, isTexted };
  }

  return {
    async read(claims) {
      const held = await hold(claims);
      return held.status === 'held' ? { status: 'done', job: jobOf(held.order, context) } : held;
    },

    async act(claims, { key, act }) {
      const held = await hold(claims);
      if (held.status === 'refused') return held;
      const { technician } = held;
      const { number, assignment } = claims;
      const result = await actInField(deps, act, { number, assignment, technician, key, at: clock() });
      if (result.status === 'refused') return result;
      onEvent();
      const next = result.order.field.technician;
      if (act.type === 'reassign' && next !== null) await sendLink(result.order, next);
      return { status: 'done', job: jobOf(result.order, context) };
    },

    async call(claims, key) {
      const held = await hold(claims);
      if (held.status === 'refused') return held;
      const { technician, order } = held;
      if (order.phone === null) return { status: 'refused', reason: 'no-number' };
      const { number, assignment } = claims;
      // Bound first: an attempt that could not even be dialled is none.
      const bound = await operator.bindPrivacyNumber(
        { number, phone: order.phone, callerPhone: technician.phone },
        `${number}:${key}`,
      );
      const noted = await noteCall(deps, { number, assignment, technician, key, at: clock() });
      if (noted.status === 'refused') return noted;
      onEvent();
      return { status: 'done', number: bound };
    },

    async send({ number, version, technician, by }) {
      const result = await assignTechnician(deps, { number, version, technician, by, at: clock() });
      if (result.status === 'refused') return result;
      onEvent();
      return { status: 'done', ...(await sendLink(result.order, technician)) };
    },
  };
}
