import type { Appointment } from '../contract/orders';

/** Customers choose between so many. */
const OFFERED = 2;
/** Who wishes for Saturday morning is seldom at home on Friday: what lies before the wish counts as so much farther. */
const BEFORE = 4;

/** Of free visits those that are offered for a wish, in order of time; without a wish all of them. */
export function visitsToOffer(slots: Appointment[], wishAt: number | null): Appointment[] {
  if (wishAt === null) return slots;
  const distance = ({ startAt }: Appointment) =>
    startAt < wishAt ? (wishAt - startAt) * BEFORE : startAt - wishAt;
  return [...slots]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, OFFERED)
    .sort((a, b) => a.startAt - b.startAt);
}
