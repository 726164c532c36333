import { createMask } from '../channels/mask';
import type {
  DialogContext,
  DialogEvent,
  DialogState,
  Effect,
  OrderRef,
  Reply,
  StepPlace,
} from '../contract/dialog';
import { operations } from '../contract/operations';
import type { Understanding } from '../contract/understanding';
import { advance, newDialogState } from '../dialogs/advance';
import type { DialogSet } from '../dialogs/schema';
import { typedChoice } from '../dialogs/typed-choice';
import type { Understand } from '../understanding/understand';
import { LineFault } from './line-problem';
import type { Line, Outcomes, Script } from './script';

type CallEffect = Extract<Effect, { type: 'call' }>;

/** What came of one line. */
export interface Played {
  understanding: Understanding | null;
  replies: Reply[];
  handoffs: Extract<Effect, { type: 'handoff' }>[];
  calls: CallEffect[];
  /** Every step that was run, in order. */
  trace: StepPlace[];
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** "5m" → milliseconds. */
export function readDuration(text: string): number {
  const match = /^(\d+)([smhd])$/.exec(text);
  if (!match) throw new LineFault({ type: 'bad-duration', text });
  return Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
}

const nobody = { id: 'v', name: null, accounts: [], proof: 'one-time-code' as const };
const SEALED = 'sealed:';
const mask = createMask((plain) => `${SEALED}${plain.length}`);
/** No conversation needs more than this from one line. */
const EVENT_LIMIT = 40;

/**
 * Plays the part of the turn around the interpreter: masks, understands, runs timers, answers calls by name, notes
 * what is verified and registered, and opens `leave-order` when nobody is on duty.
 */
export function createPlayer(
  parts: { set: DialogSet; understand: Understand; outcomes: Outcomes },
  script: Script,
) {
  const start = Date.parse(`${script.at.replace(' ', 'T')}:00+08:00`);
  const context: DialogContext = {
    now: start,
    channel: script.channel,
    turnId: 't',
    timeZone: 'Asia/Shanghai',
    customer: script.customer
      ? { id: 'c1', name: null, phone: null, accounts: [], ...script.customer }
      : null,
    orders: script.orders.map(
      (order, i): OrderRef => ({
        number: `F261124000000${i}X1`,
        kind: 'fault',
        status: 'registered',
        promiseAt: null,
        summary: '',
        ...order,
        ...(typeof order.promiseAt === 'number' ? { promiseAt: start + order.promiseAt * 60_000 } : {}),
      }),
    ),
    isStaffed: script.staffed,
  };
  let state = { ...newDialogState(script.locale), shared: script.facts };
  const timers = new Map<string, Extract<Effect, { type: 'timer' }>>();
  const open: CallEffect[] = [];
  let played: Played = { understanding: null, replies: [], handoffs: [], calls: [], trace: [] };

  const at = (value: unknown): unknown => {
    if (typeof value === 'string' && /^\+\d+[smhd]$/.test(value)) return start + readDuration(value.slice(1));
    if (Array.isArray(value)) return value.map(at);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, at(part)]));
    return value;
  };

  function send(event: DialogEvent): void {
    const result = advance(parts.set, state, event, context);
    state = result.state;
    played.replies.push(...result.replies);
    played.trace.push(...result.trace);
    for (const effect of result.effects) take(effect);
  }

  function take(effect: Effect): void {
    if (effect.type === 'timer') timers.set(effect.id, effect);
    else if (effect.type === 'cancel-timer') timers.delete(effect.id);
    else if (effect.type === 'call') {
      open.push(effect);
      played.calls.push(effect);
    } else if (effect.type === 'handoff') {
      played.handoffs.push(effect);
      const isOpen = state.frames.some(({ dialog }) => dialog === 'leave-order');
      if (!context.isStaffed && effect.priority !== 'danger' && !isOpen)
        send({ type: 'start', dialog: 'leave-order' });
    }
  }

  /** Calls whose time-out was told, and whose answer may still come. */
  const late = new Set<CallEffect>();
  function answer(call: CallEffect, name: string): void {
    const isKept = name === 'timeout' && call.lateMs !== undefined && !late.has(call);
    if (isKept) late.add(call);
    else open.splice(open.indexOf(call), 1);
    const { frameId, callId, operation } = call;
    const named = parts.outcomes[operation]?.[name];
    if (name !== 'timeout' && name !== 'error' && named === undefined)
      throw new LineFault({ type: 'no-outcome', operation, name });
    if (name === 'timeout')
      return send({ type: 'call-result', frameId, callId, outcome: { type: 'timeout' } });
    if (name === 'error')
      return send({ type: 'call-result', frameId, callId, outcome: { type: 'error', code: 'unavailable' } });
    const value = at(named);
    note(operation, value);
    send({ type: 'call-result', frameId, callId, outcome: { type: 'ok', value } });
  }

  function note(operation: string, value: unknown): void {
    if (operation === 'otp.verify') {
      const { isVerified, phone } = operations['otp.verify'].value.parse(value);
      if (isVerified && phone)
        context.customer = { ...nobody, ...context.customer, phone: context.customer?.phone ?? phone };
    }
    if (operation === 'customer.link') {
      const { record } = operations['customer.link'].value.parse(value);
      if (record) context.customer = { ...nobody, name: record.name, phone: record.phone, record };
    }
    if (operation === 'customer.unlink') context.customer = null;
    if (operation === 'work-order.create') {
      const { order } = operations['work-order.create'].value.parse(value);
      context.orders = [order, ...context.orders];
    }
  }

  /** A visit or a plan by its id, an order by its kind, otherwise the first that there is. */
  function usual({ operation, args }: CallEffect): string {
    const named = parts.outcomes[operation] ?? {};
    const own = [args.slotId, args.appointmentId, args.planId, args.kind].find(
      (name) => typeof name === 'string' && name in named,
    );
    return String(own ?? Object.keys(named)[0] ?? 'error');
  }

  /** Ends the calls that nobody holds. */
  function settle(): void {
    for (let n = 0; n < EVENT_LIMIT; n += 1) {
      const call = open.find((each) => !script.hold.includes(each.operation) && !late.has(each));
      if (!call) return;
      answer(call, script.world[call.operation] ?? usual(call));
    }
    throw new LineFault({ type: 'endless-calls' });
  }

  function understand(said: string): Understanding {
    const { text, sealed } = mask(typedChoice(state, said));
    const understanding = parts.understand(text, { now: context.now, localeHint: state.locale });
    const code = sealed['one-time-code'];
    const start = text.indexOf('[验证码]');
    const entities = code
      ? [
          { type: 'one-time-code', text: '[验证码]', start, end: start + 5, value: code },
          ...understanding.entities,
        ]
      : understanding.entities;
    return { ...understanding, entities };
  }

  function wait(ms: number): void {
    const until = context.now + ms;
    for (let n = 0; n < EVENT_LIMIT; n += 1) {
      const due = [...timers.values()]
        .filter(({ dueAt }) => dueAt <= until)
        .sort((a, b) => a.dueAt - b.dueAt)[0];
      if (!due) break;
      timers.delete(due.id);
      context.now = due.dueAt;
      if (due.subject === 'silence') send({ type: 'silence' });
      else
        send({
          type: 'call-result',
          frameId: due.frameId ?? '',
          callId: due.callId ?? '',
          outcome: { type: 'timeout' },
        });
      settle();
    }
    context.now = until;
  }

  function act(line: Line): void {
    if ('say' in line) {
      context.now += 20_000;
      const understanding = understand(line.say);
      played.understanding = understanding;
      send({ type: 'utterance', understanding, hasAttachment: line.attachment ?? false });
    } else if ('result' in line) {
      const call = open[0];
      if (!call) throw new LineFault({ type: 'no-call' });
      answer(call, line.result);
    } else if ('wait' in line) wait(readDuration(line.wait));
    else if ('start' in line) send({ type: 'start', dialog: line.start });
    else send({ type: 'resume', dialog: null, step: line.resume });
  }

  return {
    play(line: Line): Played {
      played = { understanding: null, replies: [], handoffs: [], calls: [], trace: [] };
      act(line);
      settle();
      return played;
    },
    /** What would come of a message now; nothing does. */
    tryOut(text: string): { state: DialogState; replies: Reply[] } {
      const event: DialogEvent = { type: 'utterance', understanding: understand(text), hasAttachment: false };
      return advance(parts.set, state, event, context);
    },
    get state() {
      return state;
    },
  };
}
