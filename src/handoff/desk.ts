import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Worker } from '../accounts/permissions';
import type { ConversationState } from '../contract/conversation';
import {
  type AgentEventName,
  type AgentOutcome,
  type agentEvents,
  agentOutcomeSchema,
} from '../contract/handoff';
import { AppError } from '../errors';
import type { TurnEngine } from '../turns/engine';
import { eventEntry } from '../turns/event-entry';
import type { TurnStore } from '../turns/turn-store';
import { upcastState } from '../turns/upcast';
import type { AgentQueue } from './agent-queue';
import type { Assignments, Expectation } from './assignments';
import { createReadFor } from './may-read';

/** How long an agent's request waits for the conversation's answer. */
export const OUTCOME_MS = 5000;
/** A name that turned out wrong is kept so long: its claim may still be on the way. */
const EXPECT_MS = 24 * 3600_000;

export interface DeskDependencies {
  engine: Pick<TurnEngine, 'accept' | 'outcome'>;
  store: Pick<TurnStore, 'channelOf' | 'readState'>;
  queue: AgentQueue;
  assignments: Assignments;
  /** Whether a note about a conversation has lately named somebody: then they may read it. */
  isNamed: (accountId: string, conversationId: string) => Promise<boolean>;
  clock: () => number;
  outcomeMs?: number;
}

export interface Agent {
  id: string;
  name: string;
}

type OwnWords<N extends AgentEventName> = Omit<z.infer<(typeof agentEvents)[N]>, 'agentId' | 'agentName'>;

export interface Step<N extends AgentEventName = AgentEventName> {
  conversationId: string;
  name: N;
  words: OwnWords<N>;
  /** The same id is the same step, however often it is sent. */
  requestId: string | null;
}

/** `pending`: accepted and durable, but not worked off yet. */
export type ActResult = AgentOutcome | { status: 'pending' };

/** What agents do with conversations. The conversation's own turns decide; the desk asks them and says what came of it. */
export interface Desk {
  /** Sends a step. Throws `not-found`, `conflict` (taken, not queued) and `forbidden` (not this agent's). */
  act<N extends AgentEventName>(agent: Agent, step: Step<N>): Promise<ActResult>;
  /** Reserves, then claims; a reservation that the conversation does not confirm is let go. */
  claim(agent: Agent, step: Omit<Step<'agent.claim'>, 'name' | 'words'>): Promise<ActResult>;
  /** Takes a conversation from whoever has it; for those who lead. */
  takeOver(agent: Agent, step: Omit<Step<'agent.take-over'>, 'name' | 'words'>): Promise<ActResult>;
  /** The state of a conversation. Throws `not-found`. */
  read(conversationId: string): Promise<ConversationState>;
  /** The same for somebody who wants to see it. Throws `not-found`, and `forbidden` to whom it is not shown. */
  readFor(worker: Worker, conversationId: string): Promise<ConversationState>;
  /** Asks a colleague in. Throws as `act` does, and `conflict` when there are as many as may be. */
  invite(agent: Agent, step: Omit<Step<'agent.invite'>, 'name'>): Promise<ActResult>;
  /** What colleagues have asked the agent into, the newest first. */
  invitedTo(agentId: string): Promise<ConversationState[]>;
  /** What the agent has now, wrap-up included, longest first. */
  conversationsOf(agentId: string): Promise<ConversationState[]>;
}

const notFound = () => new AppError('not-found', 'There is no such conversation.');

const refusals = {
  taken: [
    'conflict',
    'Another agent has this conversation. Nothing was changed: take another from the queue.',
  ],
  'not-queued': ['conflict', 'This conversation is not waiting for an agent any more. Nothing was changed.'],
  'not-yours': [
    'forbidden',
    'This conversation is not yours now, so nothing was sent or changed. Claim it first.',
  ],
  full: [
    'conflict',
    'As many colleagues as may be are in this conversation. Nothing was changed: let one of them go first.',
  ],
} as const;

/** Throws what a refused step means for the agent. */
function readOutcome(result: Record<string, unknown> | null): ActResult {
  if (result === null) return { status: 'pending' };
  const outcome = agentOutcomeSchema.safeParse(result);
  if (!outcome.success) {
    throw new AppError(
      'unavailable',
      'The conversation could not take this step; nothing was changed. Try it again.',
    );
  }
  return outcome.data;
}

function refuse(outcome: ActResult): ActResult {
  if (outcome.status !== 'refused') return outcome;
  const [code, message] = refusals[outcome.reason ?? 'not-yours'];
  throw new AppError(code, message, { details: { reason: outcome.reason } });
}

const isOf =
  (agentId: string) =>
  ({ ownership }: ConversationState): boolean =>
    ownership.agentId === agentId;
const guestOf = (agentId: string, { guests = [] }: ConversationState) =>
  guests.find((guest) => guest.agentId === agentId);
const isGuestOf = (agentId: string) => (state: ConversationState) => guestOf(agentId, state) !== undefined;

export function createDesk(deps: DeskDependencies): Desk {
  const { engine, store, queue, assignments } = deps;

  async function mustExist(conversationId: string): Promise<void> {
    if ((await store.channelOf(conversationId)) === null) throw notFound();
  }

  async function send<N extends AgentEventName>(agent: Agent, step: Step<N>): Promise<ActResult> {
    const { conversationId, name } = step;
    const entry = eventEntry({
      conversationId,
      // Two agents may choose the same id: each has a space of their own.
      key: `agent:${name}:${agent.id}:${step.requestId ?? randomUUID()}`,
      name,
      value: { ...step.words, agentId: agent.id, agentName: agent.name },
      at: deps.clock(),
      from: agent.id,
    });
    const accepted = await engine.accept(conversationId, entry);
    if (accepted.status === 'busy') {
      throw new AppError('too-many-requests', 'This conversation is busy; nothing was sent. Try it again.', {
        retryAfterSeconds: accepted.retryAfterSeconds,
      });
    }
    return readOutcome(await engine.outcome(conversationId, entry.turnId, deps.outcomeMs ?? OUTCOME_MS));
  }

  async function claim(agent: Agent, step: Omit<Step<'agent.claim'>, 'name' | 'words'>): Promise<ActResult> {
    const { conversationId } = step;
    await mustExist(conversationId);
    // `gone` decides nothing: the queue only shows, and may be behind. The conversation knows.
    if ((await queue.reserve(conversationId, agent.id)) === 'taken') {
      throw new AppError('conflict', 'Another agent is taking this conversation. Nothing was changed.');
    }
    await assignments.expect(agent.id, conversationId);
    const outcome = await send(agent, { ...step, name: 'agent.claim', words: {} });
    if (outcome.status === 'pending') return outcome;
    const isRefused = outcome.status === 'refused';
    if (isRefused) await queue.free(conversationId, agent.id);
    // Whatever the answer, at this epoch it does not wait: the command that says so may still be on its way.
    await queue.remove(conversationId, outcome.epoch, isRefused ? undefined : agent.id);
    return refuse(outcome);
  }

  /** The conversation of a name, when it is the agent's or they are a guest of it. */
  async function expectedState(agentId: string, expected: Expectation): Promise<ConversationState[]> {
    const state = upcastState(await store.readState(expected.conversationId));
    if (state && (isOf(agentId)(state) || isGuestOf(agentId)(state))) return [state];
    if (expected.at + EXPECT_MS < deps.clock()) await assignments.drop(agentId, expected);
    return [];
  }
  const expectedStates = async (agentId: string): Promise<ConversationState[]> => {
    const expected = await assignments.read(agentId);
    return (await Promise.all(expected.map((each) => expectedState(agentId, each)))).flat();
  };

  async function read(conversationId: string): Promise<ConversationState> {
    const state = upcastState(await store.readState(conversationId));
    if (!state) throw notFound();
    return state;
  }

  return {
    async act(agent, step) {
      await mustExist(step.conversationId);
      return refuse(await send(agent, step));
    },
    claim,
    async takeOver(agent, step) {
      await mustExist(step.conversationId);
      await assignments.expect(agent.id, step.conversationId);
      return refuse(await send(agent, { ...step, name: 'agent.take-over', words: {} }));
    },
    async invite(agent, step) {
      await mustExist(step.conversationId);
      await assignments.expect(step.words.guest.id, step.conversationId);
      return refuse(await send(agent, { ...step, name: 'agent.invite' }));
    },
    read,
    readFor: createReadFor(read, deps.isNamed),
    async invitedTo(agentId) {
      const since = (state: ConversationState) => guestOf(agentId, state)?.invitedAt ?? 0;
      const states = (await expectedStates(agentId)).filter(isGuestOf(agentId));
      return states.sort((a, b) => since(b) - since(a));
    },
    async conversationsOf(agentId) {
      const states = (await expectedStates(agentId)).filter(isOf(agentId));
      return states.sort((a, b) => a.ownership.since - b.ownership.since);
    },
  };
}
