import type { z } from 'zod';
import { type ConversationState, type Guest, MAX_GUESTS } from '../../../contract/conversation';
import type { AgentOutcome, agentEvents } from '../../../contract/handoff';
import { speakPattern, type Work } from '../work';

type Value<N extends keyof typeof agentEvents> = z.infer<(typeof agentEvents)[N]>;

const isOwner = ({ ownership }: ConversationState, agentId: string): boolean =>
  ownership.owner === 'human' && ownership.agentId === agentId;

/** Whether an agent's words go to the customer: those of the owner, and of whom the owner lets write. */
export const mayWrite = (state: ConversationState, agentId: string): boolean =>
  isOwner(state, agentId) ||
  (state.guests ?? []).some((guest) => guest.agentId === agentId && guest.mayWrite);

function outcomeOf(
  { state }: Work,
  status: AgentOutcome['status'],
  reason: AgentOutcome['reason'] = null,
): AgentOutcome {
  return { status, reason, epoch: state.ownership.epoch };
}

const isSame = (a: Guest, b: Guest): boolean => a.mayWrite === b.mayWrite && a.agentName === b.agentName;

/** The owner asks a colleague in. Owner and epoch stay; asking again changes what they may do. */
export function invite(work: Work, value: Value<'agent.invite'>): AgentOutcome {
  const { state, entry } = work;
  if (!isOwner(state, value.agentId)) return outcomeOf(work, 'refused', 'not-yours');
  if (value.guest.id === value.agentId) return outcomeOf(work, 'unchanged');
  const guests = state.guests ?? [];
  const before = guests.find(({ agentId }) => agentId === value.guest.id);
  if (!before && guests.length >= MAX_GUESTS) return outcomeOf(work, 'refused', 'full');
  const guest: Guest = {
    agentId: value.guest.id,
    agentName: value.guest.name,
    mayWrite: value.mayWrite,
    invitedAt: before?.invitedAt ?? entry.at,
    isKnown: before?.isKnown ?? false,
  };
  if (before && isSame(before, guest)) return outcomeOf(work, 'unchanged');
  state.guests = [...guests.filter(({ agentId }) => agentId !== guest.agentId), guest];
  return outcomeOf(work, 'changed');
}

/** A guest goes, or is sent by the owner. */
export function leave(work: Work, { agentId, guestId }: Value<'agent.leave'>): AgentOutcome {
  const { state } = work;
  if (agentId !== guestId && !isOwner(state, agentId)) return outcomeOf(work, 'refused', 'not-yours');
  const guests = state.guests ?? [];
  const others = guests.filter((guest) => guest.agentId !== guestId);
  if (others.length === guests.length) return outcomeOf(work, 'unchanged');
  setGuests(state, others);
  return outcomeOf(work, 'changed');
}

/** Before a guest's first words the customer hears who that is. */
export function introduceGuest(work: Work, { agentId, agentName }: Value<'agent.message'>): void {
  const { state } = work;
  const guest = (state.guests ?? []).find((each) => each.agentId === agentId);
  if (!guest || guest.isKnown) return;
  speakPattern(work, 'colleague-joined', { agent: agentName });
  setGuests(
    state,
    (state.guests ?? []).map((each) => (each === guest ? { ...guest, isKnown: true } : each)),
  );
}

/** Whose part is over has no guests either. */
export const dismissGuests = (state: ConversationState): void => setGuests(state, []);

function setGuests(state: ConversationState, guests: Guest[]): void {
  if (guests.length > 0) state.guests = guests;
  else delete state.guests;
}
