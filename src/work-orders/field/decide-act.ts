import { type FieldAct, type FieldWork, noFieldWork, type Technician } from '../../contract/field';
import { isOpenStatus, type OrderStatus, orderTransitions } from '../../contract/orders';
import type { Decision, Refusal } from '../clocks/change-order';
import type { OrderRecord } from '../order-record';
import { decidePause, decideResume } from '../pause-order';
import { decideMove } from '../transition-order';
import { isWithinStandard } from './judge-reading';

/** Who acts, and when. */
export interface FieldActor {
  technician: Technician;
  /** The assignment that they act under; null for the operator's systems, which know best whose order it is. */
  assignment: number | null;
  at: number;
}

type Decided = Decision | Refusal;
type Act<T extends FieldAct['type']> = Extract<FieldAct, { type: T }>;

/** An appointment further away, or longer, is a slip of the finger. */
const FURTHEST_MS = 60 * 24 * 3600_000;
const LONGEST_MS = 10 * 3600_000;

/** What a technician's act makes of an order as it stands. */
export function decideAct(order: OrderRecord, act: FieldAct, actor: FieldActor): Decided {
  const { assignment, technician } = order.field;
  const isTheirs = actor.assignment === null || actor.assignment === assignment;
  if (!isTheirs) return 'reassigned';
  if (!isOpenStatus(order.status)) return 'not-allowed';
  const held = technician?.id === actor.technician.id ? order : givenTo(order, actor.technician);
  switch (act.type) {
    case 'accept':
      return accept(held, actor);
    case 'appoint':
      return appoint(held, act, actor);
    case 'arrive':
      return arrive(held, actor);
    case 'reassign':
      return reassign(held, act, actor);
    case 'suspend':
      return suspend(held, act, actor);
    case 'resume':
      return resume(held, act, actor);
    case 'identity':
      return checkIdentity(held, act, actor);
    case 'finish':
      return finish(held, act, actor);
    case 'revisit':
      return revisit(held, act, actor);
  }
}

/** The order in the hands of somebody else: what the one before had agreed to is over, photos and calls stay. */
export function givenTo(order: OrderRecord, technician: Technician | null): OrderRecord {
  const { field } = order;
  const begun: FieldWork = {
    ...noFieldWork,
    calls: field.calls,
    photos: field.photos,
    visits: field.visits,
    identity: field.identity,
  };
  return { ...order, field: { ...begun, technician, assignment: field.assignment + 1 } };
}

const byOf = ({ technician }: FieldActor): string => `field:${technician.id}`;

const moveTo = (from: OrderStatus, to: OrderStatus): OrderStatus =>
  orderTransitions[from].includes(to) ? to : from;

/** The parts that all of these decisions share. */
const decision = (
  actor: FieldActor,
  changed: Pick<Decision, 'order' | 'reason' | 'change'> & Partial<Decision>,
): Decision => ({ events: [], by: byOf(actor), note: null, ...changed });

function accept(order: OrderRecord, actor: FieldActor): Decided {
  const { field, status } = order;
  if (field.hasAccepted) return 'not-allowed';
  return decision(actor, {
    order: { status: moveTo(status, 'assigned'), field: { ...field, hasAccepted: true } },
    reason: 'field:accepted',
    change: 'status',
  });
}

/** Agreeing on a later time does not move the promise: who wants to come later than promised must say why. */
function appoint(
  { field, status }: OrderRecord,
  { startAt, endAt }: Act<'appoint'>,
  actor: FieldActor,
): Decided {
  if (!isSensible({ startAt, endAt }, actor.at)) return 'bad-visit';
  return decision(actor, {
    order: {
      status: status === 'registered' ? 'assigned' : status,
      appointment: visitOf(actor, startAt, endAt),
      field: { ...field, hasAccepted: true },
    },
    reason: 'field:appointed',
    change: 'appointed',
  });
}

const isSensible = ({ startAt, endAt }: { startAt: number; endAt: number }, now: number): boolean =>
  endAt > startAt && endAt > now && endAt - startAt <= LONGEST_MS && startAt <= now + FURTHEST_MS;

const visitOf = ({ technician }: FieldActor, startAt: number, endAt: number) => ({
  id: `field-${technician.id}-${startAt}`,
  startAt,
  endAt,
});

/** Who stands before the door is not waiting for anything: a pause ends with it. */
function arrive(order: OrderRecord, actor: FieldActor): Decided {
  const { field, status, pause } = order;
  if (field.arrivedAt !== null) return 'not-allowed';
  return decision(actor, {
    order: {
      status: moveTo(status, 'in-progress'),
      pause: undefined,
      field: { ...field, hasAccepted: true, arrivedAt: actor.at, visits: field.visits + 1 },
    },
    events: pause ? [{ type: 'resumed', at: actor.at, by: byOf(actor) }] : [],
    reason: 'field:arrived',
    change: 'arrived',
  });
}

/** Without a colleague it goes back to whoever dispatches, and the supervisor is told. */
function reassign(
  order: OrderRecord,
  { to, reason, note = null }: Act<'reassign'>,
  actor: FieldActor,
): Decided {
  if (to?.id === actor.technician.id) return 'not-allowed';
  const given = givenTo(order, to ?? null);
  return decision(actor, {
    order: {
      field: given.field,
      ...(order.field.arrivedAt !== null && { status: moveTo(order.status, 'assigned') }),
    },
    reason: `field:reassigned:${reason}`,
    note,
    change: 'reassigned',
    ...(!to && { alarm: 'field-returned' as const }),
  });
}

/** "Could not be reached" needs a call by our number, where calls go through it. */
function suspend(order: OrderRecord, { reason, photo, note }: Act<'suspend'>, actor: FieldActor): Decided {
  const { field, pause } = order;
  const isUnproven = reason === 'customer-unreachable' && field.calls.length === 0;
  if (!pause && actor.assignment !== null && isUnproven) return 'no-call';
  const decided = decidePause(order, { reason, note, at: actor.at, by: byOf(actor) });
  return withField(decided, withPhoto(field, photo));
}

const resume = (order: OrderRecord, { note }: Act<'resume'>, actor: FieldActor): Decided =>
  withField(decideResume(order, { note, at: actor.at, by: byOf(actor) }), order.field);

/**
 * The holder's document was looked at, of which nothing but the result is kept. One that does not match lets the order
 * stand still; who comes again stands before the door anew.
 */
function checkIdentity(order: OrderRecord, { isVerified }: Act<'identity'>, actor: FieldActor): Decided {
  const { field, kind, status } = order;
  if (kind !== 'installation') return 'not-allowed';
  if (actor.assignment !== null && field.arrivedAt === null) return 'not-arrived';
  const seen: FieldWork = { ...field, identity: { isVerified, at: actor.at } };
  if (isVerified)
    return decision(actor, { order: { field: seen }, reason: 'field:identity-verified', change: 'clock' });
  const { at } = actor;
  const decided = decidePause(order, { reason: 'customer-documents', at, by: byOf(actor) });
  if (typeof decided === 'string') return decided;
  const changed = { ...decided.order, status: moveTo(status, 'assigned'), appointment: null };
  return withField(
    { ...decided, order: changed, reason: 'field:identity-mismatch' },
    { ...seen, arrivedAt: null },
  );
}

function finish(order: OrderRecord, act: Act<'finish'>, actor: FieldActor): Decided {
  const { field } = order;
  const { cause, reading, photo, note } = act;
  if (actor.assignment !== null && field.arrivedAt === null) return 'not-arrived';
  if (!isWithinStandard(reading)) return 'bad-reading';
  const done = {
    to: 'resolved',
    at: actor.at,
    by: byOf(actor),
    reason: `field:finished:${cause}`,
    note,
  } as const;
  return withField(decideMove(order, done), { ...withPhoto(field, photo), result: { cause, reading } });
}

/** A decision that others make as well, with how the work in the field stands after it. */
const withField = (decided: Decided, field: FieldWork): Decided =>
  typeof decided === 'string' ? decided : { ...decided, order: { ...decided.order, field } };

function revisit(order: OrderRecord, act: Act<'revisit'>, actor: FieldActor): Decided {
  const { field, status } = order;
  const { reason, visit, photo, note = null } = act;
  if (actor.assignment !== null && field.arrivedAt === null) return 'not-arrived';
  if (visit && !isSensible(visit, actor.at)) return 'bad-visit';
  return decision(actor, {
    order: {
      status: moveTo(status, 'assigned'),
      appointment: visit ? visitOf(actor, visit.startAt, visit.endAt) : null,
      field: { ...withPhoto(field, photo), arrivedAt: null },
    },
    reason: `field:revisit:${reason}`,
    note,
    change: 'revisit',
    told: reason,
  });
}

const withPhoto = (field: FieldWork, photo: string | null | undefined): FieldWork =>
  photo ? { ...field, photos: [...new Set([...field.photos, photo])] } : field;
