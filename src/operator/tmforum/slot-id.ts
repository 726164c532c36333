import type { VisitKind } from '../visits';

/** A free visit as a search found it: all that is needed to take it later. Times are milliseconds since 1970 UTC. */
export interface FoundSlot {
  kind: VisitKind;
  startAt: number;
  endAt: number;
  address: string;
  /** What the calendar calls it; null where it gives no name. */
  timeSlotId: string | null;
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/**
 * The id of a free visit. It says all about the visit, since a calendar of TMF646 need not keep its searches, and the
 * same visit has the same id in every search.
 */
export const slotIdOf = ({ kind, startAt, endAt, address, timeSlotId }: FoundSlot): string =>
  [kind, startAt, endAt, encode(address), encode(timeSlotId ?? '')].join('~');

const ID = /^(repair|install)~(\d{1,14})~(\d{1,14})~([\w-]*)~([\w-]*)$/;

/** The visit of an id; null for what is no such id. */
export function readSlotId(id: string): FoundSlot | null {
  const [, kind, startAt, endAt, address = '', timeSlotId = ''] = ID.exec(id) ?? [];
  if (kind === undefined) return null;
  const slot: FoundSlot = {
    kind: kind === 'install' ? 'install' : 'repair',
    startAt: Number(startAt),
    endAt: Number(endAt),
    address: decode(address),
    timeSlotId: decode(timeSlotId) || null,
  };
  return slot.endAt > slot.startAt && slotIdOf(slot) === id ? slot : null;
}
