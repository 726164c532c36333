import type { Appointment, OperationArgs, OperationValue } from '../contract/operations';

/**
 * The port to the operator's own systems. Addresses, accounts and phones come from customers and are hostile text.
 * Times are milliseconds since 1970 UTC. A method throws only when the other side cannot be reached or breaks its
 * own rules; the caller tries again. Everything that the customer can bring about is a value.
 */
export interface Operator {
  /** The account that belongs to a phone; null when there is none. */
  findCustomer(phone: string): Promise<Customer | null>;
  /** A known outage or planned maintenance where the address lies, or anywhere in its service area. */
  findOutage(address: string, area?: string | null): Promise<Outage | null>;
  /** Measures the line of the account, else of the address, else of the customer with this phone. Takes its time. */
  testLine(line: OperationArgs<'operator.line-test'>): Promise<LineTest>;
  /** At most three free visits, nearest to the wish (without one: the earliest), in order of time. */
  listSlots(wish: OperationArgs<'operator.slots'>): Promise<Appointment[]>;
  /** Holds a visit. The same key answers the same again and holds nothing twice. */
  reserveSlot(slotId: string, idempotencyKey: string): Promise<Reservation>;
  findCoverage(address: string): Promise<Coverage>;
  /** The plans on sale, cheapest first. */
  listPlans(): Promise<Plan[]>;
  /** Sends a one-time code as a text message; with a key that was sent before, nothing goes out. */
  sendCode(message: { phone: string; code: string }, idempotencyKey: string): Promise<void>;
  /** Sends a text message about something that the customer cannot be told otherwise; once for a key. */
  sendText(message: { phone: string; text: string }, idempotencyKey: string): Promise<void>;
}

export type Customer = NonNullable<OperationValue<'operator.customer'>['customer']>;
export type Outage = NonNullable<OperationValue<'operator.outage'>['outage']>;
export type LineTest = OperationValue<'operator.line-test'>;
export type Coverage = OperationValue<'operator.coverage'>;
export type Plan = OperationValue<'operator.plans'>['plans'][number];

export type Reservation =
  | { status: 'reserved'; appointment: Appointment }
  /** Another customer was faster. */
  | { status: 'taken' }
  /** No such visit is, or any longer is, on the calendar. */
  | { status: 'unknown' };
