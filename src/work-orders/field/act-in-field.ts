import type { FieldAct, Technician } from '../../contract/field';
import { isOpenStatus } from '../../contract/orders';
import { type ChangeResult, changeOrder, type OrderBooks } from '../clocks/change-order';
import { decideAct, type FieldActor, givenTo } from './decide-act';

export interface FieldRequest extends FieldActor {
  number: string;
  /** By which an act that was sent twice is done once. */
  key: string;
}

/**
 * Does what a technician, or the operator's dispatch for one, says of an order, once for a key: order, clocks, history and event in
 * one transaction. A pause that is blamed on the customer is shown to them and can be disputed. Tell the events relay
 * to look afterwards.
 */
export const actInField = (books: OrderBooks, act: FieldAct, request: FieldRequest): Promise<ChangeResult> =>
  changeOrder(books, { ...request, version: null }, ({ order }) => decideAct(order, act, request));

/** Notes that the customer was called. Only who has the order may, while it is open. */
export const noteCall = (books: OrderBooks, request: FieldRequest): Promise<ChangeResult> =>
  changeOrder(books, { ...request, version: null }, ({ order }) => {
    const { field, status } = order;
    if (request.assignment !== field.assignment) return 'reassigned';
    if (!isOpenStatus(status)) return 'not-allowed';
    return {
      order: { field: { ...field, calls: [...field.calls, request.at].slice(-CALLS_KEPT) } },
      events: [],
      by: `field:${request.technician.id}`,
      reason: 'field:called',
      note: null,
      change: 'clock',
    };
  });

const CALLS_KEPT = 20;

export interface AssignRequest {
  number: string;
  version: number;
  technician: Technician;
  /** `agent:<account id>`. */
  by: string;
  at: number;
}

/** Gives an open order to a technician; whoever had it before has it no longer. */
export const assignTechnician = (
  books: OrderBooks,
  { technician, by, ...request }: AssignRequest,
): Promise<ChangeResult> =>
  changeOrder(books, request, ({ order }) => {
    const { status } = order;
    if (!isOpenStatus(status)) return 'not-allowed';
    return {
      order: { field: givenTo(order, technician).field },
      events: [],
      by,
      reason: 'field:given',
      note: technician.id,
      change: order.field.technician === null ? 'clock' : 'reassigned',
    };
  });
