import type { PrivacyNumber } from '../contract/field-job';
import type { OperationArgs, OperationValue } from '../contract/operations';
import type { OrderMessage } from '../contract/operator-orders';
import type { Appointment } from '../contract/orders';

/**
 * The port to the operator's own systems. Addresses, accounts and phones come from customers and are hostile text.
 * Times are milliseconds since 1970 UTC. A method throws only when the other side cannot be reached or breaks its
 * own rules; the caller tries again. Everything that the customer can bring about is a value.
 */
export interface Operator {
  /** The account that belongs to a phone; null when there is none. */
  findCustomer(phone: string): Promise<Customer | null>;
  /** Balance and bills of the account of a phone; null when there is none. */
  findBill(phone: string): Promise<Bill | null>;
  /** Value-added services of the account of a phone; null when there is none. */
  listServices(phone: string): Promise<AddedService[] | null>;
  /** Ends a service of the account of a phone. The same key answers the same again. */
  cancelService(
    wanted: { phone: string; serviceId: string },
    idempotencyKey: string,
  ): Promise<ServiceCancellation>;
  /** A known outage or planned maintenance where the address lies, or anywhere in its service area. */
  findOutage(address: string, area?: string | null): Promise<Outage | null>;
  /** Measures the line of the account, else of the address, else of the customer with this phone. Takes its time. */
  testLine(line: OperationArgs<'operator.line-test'>): Promise<LineTest>;
  /** At most three free visits, nearest to the wish (without one: the earliest), in order of time. */
  listSlots(wish: OperationArgs<'operator.slots'>): Promise<Appointment[]>;
  /**
   * Takes a free visit; the appointment's id names it from then on. Held for `holdMs` it is free again afterwards
   * unless it was booked; without, it is booked. The same key answers the same again and takes nothing twice.
   */
  reserveSlot(
    wanted: { slotId: string; holdMs?: number | null },
    idempotencyKey: string,
  ): Promise<Reservation>;
  /** Books what is held: it no longer lapses. `taken` when the hold was over and somebody else has it. */
  bookSlot(appointmentId: string, idempotencyKey: string): Promise<Reservation>;
  /** Exchanges a visit for a free one in one act. Unless it is `reserved`, the old one stays as it was. */
  changeSlot(wanted: { appointmentId: string; slotId: string }, idempotencyKey: string): Promise<Reservation>;
  /** Gives a visit back. Again, by any key, changes nothing; false when there is no such visit. */
  releaseSlot(appointmentId: string, idempotencyKey: string): Promise<boolean>;
  /** Who comes for a visit; null until that is known, and for one that nobody has. */
  findVisitor(appointmentId: string): Promise<Visitor | null>;
  /** Takes a work order as it stands after a change, once for a key. Throws `bad-request` for what it never will. */
  dispatchOrder(message: OrderMessage, idempotencyKey: string): Promise<void>;
  findCoverage(address: string): Promise<Coverage>;
  /** The plans on sale, cheapest first. */
  listPlans(): Promise<Plan[]>;
  /** Plan and term of the account of a phone; null when there is none. */
  findContract(phone: string): Promise<Contract | null>;
  /** What moving the line of a phone to an address means; null when it cannot be moved there, or there is none. */
  findRelocation(move: { phone: string; address: string }): Promise<RelocationTerms | null>;
  /** What changing to a plan means for the account of a phone; null when either is unknown. Changes nothing. */
  quotePlan(wanted: { phone: string; planId: string }): Promise<PlanQuote | null>;
  /** Changes the plan of the account of a phone. The same key answers the same again. */
  changePlan(wanted: { phone: string; planId: string }, idempotencyKey: string): Promise<PlanChange>;
  /** Sends a one-time code as a text message; with a key that was sent before, nothing goes out. */
  sendCode(message: { phone: string; code: string }, idempotencyKey: string): Promise<void>;
  /** Sends a text message about something that the customer cannot be told otherwise; once for a key. */
  sendText(message: { phone: string; text: string }, idempotencyKey: string): Promise<void>;
  /**
   * A number by which a technician reaches the customer of an order for a while, and neither sees the other's. The same
   * key answers the same number.
   */
  bindPrivacyNumber(
    call: { number: string; phone: string; callerPhone: string | null },
    idempotencyKey: string,
  ): Promise<PrivacyNumber>;
}

export type Customer = NonNullable<OperationValue<'operator.customer'>['customer']>;
export type Bill = NonNullable<OperationValue<'operator.bill'>['bill']>;
export type AddedService = NonNullable<OperationValue<'operator.services'>['services']>[number];
export type Outage = NonNullable<OperationValue<'operator.outage'>['outage']>;
export type LineTest = OperationValue<'operator.line-test'>;
export type Visitor = NonNullable<OperationValue<'operator.visitor'>['visitor']>;
export type Coverage = OperationValue<'operator.coverage'>;
export type Plan = OperationValue<'operator.plans'>['plans'][number];

export type Contract = NonNullable<OperationValue<'operator.contract'>['contract']>;
export type RelocationTerms = NonNullable<OperationValue<'operator.relocation'>['terms']>;
export type PlanQuote = NonNullable<OperationValue<'operator.plan-quote'>['quote']>;

export type PlanChange =
  | { status: 'changed'; plan: Plan; effectiveAt: number }
  /** The contract, or what is owed, does not allow it. */
  | { status: 'refused' }
  /** No such plan, or no such account. */
  | { status: 'unknown' };

export type ServiceCancellation =
  | { status: 'cancelled'; service: AddedService; endsAt: number }
  /** The account has no such service (any longer). */
  | { status: 'unknown' };

export type Reservation =
  /** `heldUntilAt`: when it is free again unless it is booked; null when it is booked. */
  | { status: 'reserved'; appointment: Appointment; heldUntilAt: number | null }
  /** Another customer was faster. */
  | { status: 'taken' }
  /** No such visit is, or any longer is, on the calendar. */
  | { status: 'unknown' };
