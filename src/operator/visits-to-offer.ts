import type { Appointment } from '../contract/orders';
import { nearest } from './visits';

/** Customers choose between so many. */
const OFFERED = 2;

/** Of free visits those that are offered for a wish, in order of time; without a wish all of them. */
export const visitsToOffer = (slots: Appointment[], wishAt: number | null): Appointment[] =>
  wishAt === null ? slots : nearest(slots, wishAt, OFFERED);
