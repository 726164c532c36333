import type { OrderChange, OrderLapse } from '../contract/orders';

/** One change of an order: who made it and why, and what its conversation is told. */
export interface Step {
  by: string;
  reason?: string | null;
  note?: string | null;
  /** By which the change is known when it is asked for again. */
  key?: string | null;
  /** The reason that the customer is told, by its name. */
  told?: string;
  /** What the customer is answered with it. */
  answer?: string;
  /** What the customer is told to get for a promise that was missed. */
  compensationYuan?: number;
  /** `status` unless it is given. */
  change?: OrderChange;
  /** When the next threshold of its clocks is reached; null for none. */
  nextAt: number | null;
  lapse?: OrderLapse;
}
