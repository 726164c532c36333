import { z } from 'zod';
import type { Content } from '../../content/content';
import type { Activity } from '../../contract/activity';
import type { ConversationState, SessionPlace, TurnResult } from '../../contract/conversation';
import { STATE_SCHEMA } from '../../contract/conversation';
import { callOutcomeSchema } from '../../contract/dialog';
import { type AgentEvent, type AgentEventName, agentEvents } from '../../contract/handoff';
import { newDialogState } from '../../dialogs/advance';
import { botOwnership } from '../../handoff/ownership';
import type { AdviceQuestion } from '../../understanding/language-model/advisor';
import type { TurnFunction, TurnInput } from '../engine';
import { upcastState } from '../upcast';
import { questionOf } from './advice-question';
import { tellBulletins } from './bulletins';
import { handOver } from './change-owner';
import { lookBefore } from './clocks/before';
import { tendClocks } from './clocks/tend-clocks';
import { endSession, noteForgone, takeOutcome } from './converse';
import {
  askWho,
  elsewhereOf,
  meetSpeaker,
  noteElsewhere,
  onCustomerChanged,
  takeCustomerOutcome,
  trustPhone,
} from './customer';
import { isStaffedNow } from './handoff/staffing';
import { onBring, onGive, settleMoves } from './move';
import { noteOwner } from './note-owner';
import { onAgent } from './on-agent';
import { onIncident } from './on-incident';
import { FORGET, onForgotten, onLeft } from './on-leave';
import { onMessage } from './on-message';
import { onOrder, onWatched } from './on-order';
import { onTimer } from './on-timer';
import { addOrderCards } from './order-cards';
import { owedPushOf } from './owed-push';
import { isPushed } from './push';
import { pinnedVersion } from './sessions';
import { noteDanger, onConfirmed } from './survey';
import { leaveStopped } from './versions/change-version';
import { addCommand, localeOf, speakPattern, type TurnSettings, type Work } from './work';

/**
 * What one turn does: understanding, dialogs and handoff joined. Pure in state, entry, content version and the time of
 * the entry, since a turn whose process died is run again. With a language model there is one input more: what it made
 * of a message that a first run did not understand; the turn is then run anew from the beginning.
 */
export const createConversationTurn = (shared: TurnSettings): TurnFunction => ({
  run(input) {
    const settings = pickOnce(shared);
    const work = begin(settings, input);
    dispatch(work);
    const asked = questionOf(work, () => begin(settings, input));
    return asked
      ? adviseAndRun(settings, input, asked).then((advised) => resultOf(advised ?? work))
      : resultOf(work);
  },
  fail(input, reason) {
    return resultOf(failed(shared, input, reason));
  },
});

/** A turn that asks the model runs twice: with the same content, whatever is published in between. */
function pickOnce(settings: TurnSettings): TurnSettings {
  const picked = new Map<string | null, Content>();
  return {
    ...settings,
    pickContent(version, conversation) {
      const content = picked.get(version) ?? settings.pickContent(version, conversation);
      picked.set(version, content);
      return content;
    },
  };
}

/** Null when the model makes nothing of it, in its time: the turn is what it was without it. */
async function adviseAndRun(
  settings: TurnSettings,
  input: TurnInput,
  question: AdviceQuestion,
): Promise<Work | null> {
  const advice = (await settings.advise?.(question)) ?? null;
  if (!advice) return null;
  const work = { ...begin(settings, input), advice };
  dispatch(work);
  return work;
}

function newConversation({ conversationId, entry }: TurnInput): ConversationState {
  const { from } = entry.activity;
  return {
    schema: STATE_SCHEMA,
    conversationId,
    channel: entry.channel ?? 'web',
    user: { id: from.id, name: from.name ?? null },
    customer: null,
    session: null,
    dialog: null,
    ownership: botOwnership(entry.at),
    orders: [],
    heldResults: [],
    queueNotedAt: null,
    lastText: '',
    clocks: [],
    policiesHash: null,
    stuckTurns: 0,
  };
}

function begin(settings: TurnSettings, input: TurnInput): Work {
  const state = upcastState(input.state) ?? newConversation(input);
  const { entry, position } = input;
  meetSpeaker(state, entry);
  const isMessage = entry.activity.type === 'message';
  // Only what a customer says can begin a session; everything else belongs to the one that there is.
  const version = isMessage ? pinnedVersion(state, entry.at) : (state.session?.contentVersion ?? null);
  const content = settings.pickContent(version, state);
  const lists = { replies: [], commands: [], timers: [], cancelTimers: [], records: [], ways: [] };
  const collected = { ...lists, result: {} };
  const work: Work = { settings, content, entry, position, state, advice: null, ...collected };
  return { ...work, entry: { ...entry, isStaffed: isStaffedNow(work) } };
}

const resultOf = (work: Work): TurnResult => ({
  state: work.state,
  epoch: work.state.ownership.epoch,
  replies: owePush(work),
  commands: work.commands,
  timers: work.timers,
  cancelTimers: work.cancelTimers,
  records: work.records,
  place: placeOf(work),
  ways: work.ways,
  result: isPushed(work.state.channel)
    ? { ...work.result, isSilent: work.commands.length === 0 }
    : work.result,
});

/** Where the open dialogs stand, for whoever publishes another version. */
function placeOf({ state, entry }: Work): SessionPlace | null {
  const places = (state.dialog?.frames ?? []).map(({ dialog, step }) => ({ dialog, step }));
  if (!state.session || places.length === 0) return null;
  return { contentVersion: state.session.contentVersion, places, at: entry.at };
}

/** The replies; in the operator's app with a command beside them, for when nobody is there to read them. */
function owePush(work: Work): Activity[] {
  const { settings, state, entry, replies } = work;
  const isSpoken = replies.some(({ type }) => type === 'message');
  const owed = settings.isAppPushed && isSpoken ? owedPushOf(state, entry) : null;
  if (!owed) return replies;
  const deliveryId = addCommand(work, owed);
  return replies.map((reply) =>
    reply.type === 'message' ? { ...reply, channelData: { ...dataOf(reply), deliveryId } } : reply,
  );
}

const dataOf = ({ channelData }: Activity): object =>
  typeof channelData === 'object' ? { ...channelData } : {};

function dispatch(work: Work): void {
  const before = work.state.ownership;
  const begun = lookBefore(work);
  takeActivity(work);
  askWho(work);
  settleMoves(work);
  tendClocks(work, begun);
  noteOwner(work, before);
  noteDanger(work);
}

function takeActivity(work: Work): void {
  const { activity } = work.entry;
  switch (activity.type) {
    case 'message':
      return onMessage(work);
    case 'conversationUpdate':
      return onJoin(work);
    case 'endOfConversation':
      return endSession(work, 'ended-by-customer');
    case 'event':
      return onEvent(work, activity);
    case 'typing':
    case 'invoke':
    case 'trace':
      return;
  }
}

/** A client opened the conversation: it is greeted, once. */
function onJoin(work: Work): void {
  const { state, entry } = work;
  const isNew = state.session === null && state.dialog === null;
  if (isNew) {
    speakPattern(work, 'greeting');
    state.dialog = { ...newDialogState(localeOf(work)), greetedAt: entry.at };
    tellBulletins(work);
  }
  noteScene(work);
}

const sceneSchema = z.object({ scene: z.string().min(1).max(200) });

/** By which code or link of ours somebody came: a shared fact, for dialogs that have a slot `scene` and for agents. */
function noteScene({ state, entry }: Work): void {
  if (state.channel !== 'wechat' && state.channel !== 'wecom') return;
  const { scene } = sceneSchema.safeParse(entry.activity.channelData).data ?? {};
  if (scene !== undefined && state.dialog) state.dialog.shared = { ...state.dialog.shared, scene };
}

const callResultSchema = z.object({
  frameId: z.string(),
  callId: z.string(),
  operation: z.string(),
  outcome: callOutcomeSchema,
});

/** An order that another conversation made, and that may be shown here. */
const WATCHED = 'order.watched';
const ORDER_EVENTS = ['order.registered', 'order.changed', 'order.lapsed'];

const isAgentEvent = (name: string): name is AgentEventName => name in agentEvents;

function onEvent(work: Work, { name = '', value }: Activity): void {
  // Events reach here by names that only our own parts can send; a client's own are recorded and mean nothing.
  if (name === 'call.result') {
    leaveStopped(work);
    return onCallResult(work, value);
  }
  if (name === 'timer.due') return onTimer(work, value);
  if (name === 'customer.left') return onLeft(work);
  if (name === 'customer.changed') return onCustomerChanged(work);
  if (name === 'session.give') return onGive(work, value);
  if (name === 'session.bring') return onBring(work, value);
  if (ORDER_EVENTS.includes(name)) return onOrder(work, name, value);
  if (name === WATCHED) return onWatched(work, value);
  if (name === 'incident.changed') return onIncident(work, value);
  if (isAgentEvent(name)) {
    // The name chose the schema, which the compiler cannot follow.
    const event = { name, value: agentEvents[name].parse(value) } as AgentEvent;
    work.result = { ...onAgent(work, event) };
  }
}

function onCallResult(work: Work, value: unknown): void {
  const { frameId, callId, operation, outcome } = callResultSchema.parse(value);
  if (operation === FORGET) return onForgotten(work, outcome);
  if (operation === 'otp.verify' && outcome.type === 'ok') trustPhone(work, outcome.value);
  if (operation === 'work-order.confirm' && outcome.type === 'ok') onConfirmed(work, outcome.value);
  if (operation === 'operator.customer' && outcome.type === 'ok') noteLevel(work, outcome.value);
  // Whose account it is, or where it lies, may be known from here on.
  if (outcome.type === 'ok') tellBulletins(work, outcome.value);
  if (takeCustomerOutcome(work, { operation, callId, outcome })) return;
  const said = work.replies.length;
  noteForgone(work, operation, frameId, outcome);
  takeOutcome(work, frameId, callId, outcome);
  addOrderCards(work, said, operation, outcome);
}

const levelSchema = z.object({ customer: z.object({ level: z.string().min(1).max(40) }) });

/** What the operator calls a customer of this level: a shared fact, by which lines for humans are formed. */
function noteLevel({ state }: Work, value: unknown): void {
  const level = levelSchema.safeParse(value).data?.customer.level;
  if (level && state.dialog)
    state.dialog = { ...state.dialog, shared: { ...state.dialog.shared, customerLevel: level } };
}

/** An activity that could not be worked off: the customer hears it, nothing of the state is lost, a human looks. */
function failed(settings: TurnSettings, input: TurnInput, reason: string): Work {
  const pickContent: TurnSettings['pickContent'] = (_version, who) => settings.pickContent(null, who);
  const work = begin({ ...settings, pickContent }, input);
  work.result = { failed: reason.slice(0, 200) };
  // A dialog from elsewhere that cannot be gone on with must not fail every turn after this one.
  if (elsewhereOf(work.state).parked !== null) noteElsewhere(work, { parked: null });
  const { type, name } = input.entry.activity;
  // Whoever wrote, or waits for a result, hears that it failed.
  const isAwaited = type === 'message' || name === 'call.result';
  if (work.state.ownership.owner === 'human') return work;
  if (isAwaited) speakPattern(work, 'failed');
  const resumeAt = work.state.dialog?.frames.at(-1)?.step ?? null;
  const begun = lookBefore(work);
  handOver(work, { reason: 'turn-failed', priority: 'high', resumeAt }, () => undefined);
  tendClocks(work, begun);
  return work;
}
