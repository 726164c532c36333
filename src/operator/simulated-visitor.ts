import type { Appointment } from '../contract/orders';
import { type Chance, pick } from './chance';
import type { Visitor } from './operator';

/** Technicians are assigned the day before. */
const KNOWN_AHEAD_MS = 24 * 3600 * 1000;
const NAMES = ['陈师傅', '林师傅', '何师傅', '孙师傅', '郑师傅', '马师傅'];

/** Who comes for a visit: one of the team, reached by a privacy number. Null until the day before. */
export function simulateVisitor(chance: Chance, { id, startAt }: Appointment, now: number): Visitor | null {
  if (startAt - now > KNOWN_AHEAD_MS) return null;
  const number = Math.floor(chance('privacy-number', id) * 1e8);
  return { name: pick(NAMES, chance('visitor', id)), phone: `170${String(number).padStart(8, '0')}` };
}
