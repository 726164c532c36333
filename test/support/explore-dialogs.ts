import type { DialogContext, DialogEvent, DialogState, Effect, Reply } from '../../src/contract/dialog';
import { type OperationName, operations } from '../../src/contract/operations';
import { understandingSchema } from '../../src/contract/understanding';
import { advance, newDialogState } from '../../src/dialogs/advance';
import type { DialogSet } from '../../src/dialogs/schema';
import { context, TEN } from './dialogs';
import { anyOrder, operationValues } from './operation-values';

/**
 * Conversations made from the graph of the dialogs, in place of written ones: customers who answer every question in
 * every way, and a world that answers in every way. A search goes on from each new step until each was come to a few
 * times; what is told of a step is the way to it.
 */
export interface Reached {
  state: DialogState;
  context: DialogContext;
  /** What the last event brought. */
  replies: Reply[];
  effects: Effect[];
  /** How it came there, to be shown when something is wrong. */
  way: string[];
}

type Move = [name: string, event: DialogEvent];

const FACTS: Record<string, unknown> = {
  phone: '13800138000',
  address: {
    full: '中山路18号3栋2单元501',
    road: '中山路',
    number: '18号',
    building: '3栋',
    unit: '2单元',
    room: '501',
    area: 'nj-gl-01',
  },
  datetime: { startAt: TEN + 100_000_000, endAt: null, minute: 600 },
  'order-number': 'F261123A1B2C3D4E',
  'one-time-code': 'sealed',
  speed: 300,
  amount: 20,
  text: '就是这样',
};

const said = (text: string, found: object = {}): DialogEvent => ({
  type: 'utterance',
  understanding: understandingSchema.parse({
    text,
    locale: 'zh',
    danger: null,
    intents: [],
    candidates: [],
    isClose: false,
    entities: [],
    isUpset: false,
    ...found,
  }),
  hasAttachment: false,
});

const topOf = ({ frames }: DialogState) => frames.at(-1);
const placeOf = (state: DialogState): string => {
  const frame = topOf(state);
  return frame ? `${frame.dialog}/${frame.step}` : 'none';
};

const chainOf = ({ frames }: DialogState): string =>
  frames.map(({ dialog, step }) => `${dialog}/${step}`).join(' ');

/** Of a search at random. */
const WALKS = 3000;
const WALK_LENGTH = 16;
const UNLIKELY = /error|timeout|does not know/;

/** The slots that hold something, by name: two ways to a step that differ in them may lead elsewhere. */
const filledOf = ({ frames }: DialogState): string =>
  frames
    .map(({ slots }) =>
      Object.keys(slots)
        .filter((name) => slots[name] !== null && slots[name] !== undefined)
        .sort(),
    )
    .join(' ');

/** What the world answers later: its moments are as far ahead as they were. */
function shifted(value: unknown, byMs: number): unknown {
  if (typeof value === 'number') return value > 1e12 ? value + byMs : value;
  if (Array.isArray(value)) return value.map((part) => shifted(part, byMs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shifted(part, byMs)]));
}

export function createExplorer(set: DialogSet) {
  const stepOf = (state: DialogState) => {
    const frame = topOf(state);
    const dialog = set.dialogs.get(frame?.dialog ?? '');
    return { dialog, step: dialog?.steps.find(({ id }) => id === frame?.step) };
  };

  function take(from: Reached, [name, event]: Move): Reached {
    const result = advance(set, from.state, event, from.context);
    return {
      ...result,
      context: contextAfter(from.context, event, from.state),
      way: [...from.way, `${name} → ${placeOf(result.state)}`],
    };
  }

  /** A code that was right, or a link, makes the customer known; an order that was made is theirs. */
  function contextAfter(before: DialogContext, event: DialogEvent, state: DialogState): DialogContext {
    if (event.type !== 'call-result' || event.outcome.type !== 'ok') return before;
    const value = event.outcome.value as Record<string, unknown>;
    const operation = state.frames.find(({ id }) => id === event.frameId)?.waiting?.operation;
    if (operation === 'otp.verify' && value.isVerified === true) return { ...before, customer: KNOWN };
    if (operation === 'work-order.create') return { ...before, orders: [value.order as never] };
    return before;
  }

  /** The answers to the open question: each option, or a fact that fits. */
  function answers(state: DialogState): Move[] {
    const { dialog, step } = stepOf(state);
    if (step?.type === 'choose') return step.options.map(({ value }) => [`"${value}"`, said(value)]);
    if (step?.type === 'survey') return ['1', '5'].map((score): Move => [score, said(score)]);
    if (step?.type !== 'ask') return [];
    const kind = dialog?.slots[step.slot]?.entity ?? 'text';
    const value = FACTS[kind];
    const entities =
      kind === 'text' || value === undefined ? [] : [{ type: kind, text: '', start: 0, end: 0, value }];
    const door = { full: '中山路3栋', road: '中山路', building: '3栋', area: 'nj-gl-01' };
    const doorless = { entities: [{ type: kind, text: '', start: 0, end: 0, value: door }] };
    return [
      [kind, said(kind === 'text' ? String(value) : '是这样', { entities })],
      ...(kind === 'address' ? [['no door', said('是这样', doorless)] satisfies Move] : []),
      ['does not know', said('不知道')],
    ];
  }

  function outcomes({ state, context: { now } }: Reached): Move[] {
    const frame = topOf(state);
    if (!frame?.waiting) return [];
    const { callId, operation } = frame.waiting;
    const of = (outcome: Extract<DialogEvent, { type: 'call-result' }>['outcome'], name: string): Move => [
      `${operation} ${name}`,
      { type: 'call-result', frameId: frame.id, callId, outcome },
    ];
    return [
      ...operationValues[operation as OperationName].map((value, i) =>
        of({ type: 'ok', value: shifted(value, now - TEN) }, `ok ${i}`),
      ),
      of({ type: 'error', code: 'unavailable' }, 'error'),
      of({ type: 'timeout' }, 'timeout'),
    ];
  }

  const moves = (at: Reached): Move[] => {
    const frame = topOf(at.state);
    if (!frame) return [];
    return frame.waiting ? outcomes(at) : answers(at.state);
  };

  /**
   * Walks on at random from what a search has found until each of the `places` was come to, where values have to meet
   * that the search passes by. Answers the states there; places that were not come to are missing.
   */
  function wander(from: Reached[], places: string[], random: () => number): Reached[] {
    const one = <T>(list: T[]): T | undefined => list[Math.floor(random() * list.length)];
    const isOnWay = ({ state }: Reached, dialog: string) =>
      state.frames.some((frame) => leadsTo(frame.dialog, dialog));
    const known = [...from];
    return places.flatMap((place) => {
      const starts = known.filter((at) => isOnWay(at, place.split('/')[0] ?? ''));
      for (let n = 0; n < WALKS; n += 1) {
        let at = one(starts);
        for (let k = 0; k < WALK_LENGTH && at; k += 1) {
          if (placeOf(at.state) === place) {
            // Found once, it leads on: the rarer the place, the sooner it is begun from.
            known.push(...Array(100).fill(at));
            return [at];
          }
          const likely = moves(at).filter(([name]) => random() < 0.2 || !UNLIKELY.test(name));
          const move = one(likely);
          at = move && take(at, move);
        }
      }
      return [];
    });
  }

  /** Whether a dialog is, or runs, another. */
  function leadsTo(root: string, wanted: string, way: string[] = []): boolean {
    if (root === wanted) return true;
    const runs = (set.dialogs.get(root)?.steps ?? []).flatMap((step) =>
      step.type === 'run' ? [step.dialog] : [],
    );
    return runs.some((next) => !way.includes(next) && leadsTo(next, wanted, [...way, root]));
  }

  /** Every step that waits, come to at most `visits` times from each beginning; `roots` are the dialogs that it begins with. */
  function explore(roots: string[], visits: number): Reached[] {
    return roots.flatMap((root) =>
      worldsOf(root).flatMap((world) => exploreFrom(beginnings(root, world), visits)),
    );
  }

  function exploreFrom(begun: Reached[], visits: number): Reached[] {
    const counts = new Map<string, number>();
    const seen = new Set<string>();
    const found: Reached[] = [];
    const open = [...begun];
    for (let at = open.shift(); at; at = open.shift()) {
      const chain = chainOf(at.state);
      const known = `${chain} ${filledOf(at.state)}`;
      const count = counts.get(chain) ?? 0;
      if (chain === '' || count >= visits || seen.has(known)) continue;
      seen.add(known);
      counts.set(chain, count + 1);
      found.push(at);
      for (const move of moves(at)) open.push(take(at, move));
    }
    return found;
  }

  /** A dialog as each of its intents opens it, or as the turn does, for a stranger and for a customer with orders. */
  function beginnings(root: string, world: DialogContext): Reached[] {
    const intents = set.dialogs.get(root)?.intents ?? [];
    const events: Move[] = [
      ...intents.map((intent): Move => {
        const found = [{ intent, probability: 0.95 }];
        return [`${root} by ${intent}`, said('', { text: '这件事', intents: found, candidates: found })];
      }),
      ...(intents.length === 0 ? [[root, { type: 'start', dialog: root }] satisfies Move] : []),
    ];
    const state = { ...newDialogState('zh'), shared: { recovered: RECOVERED } };
    const nothing = { state, context: world, replies: [], effects: [], way: [] };
    const before = root === 'leave-order' ? [nothing, take(nothing, OUT)] : [nothing];
    return before.flatMap((at) => events.map((event) => take(at, event)));
  }

  /** Goes on with the first answers of the world until the customer is to speak, or it is over. */
  function settle(from: Reached): Reached {
    let at = from;
    const replies = [...from.replies];
    const effects = [...from.effects];
    for (let n = 0; n < 12 && topOf(at.state)?.waiting; n += 1) {
      const [next] = outcomes(at);
      if (!next) break;
      at = take(at, next);
      replies.push(...at.replies);
      effects.push(...at.effects);
    }
    return { ...at, replies, effects };
  }

  return { explore, wander, moves, take, settle, outcomes, stepOf, placeOf };
}

/** What the turn leaves for `verify-recovery`. */
const RECOVERED = { symptom: 'no-internet', orderNumber: 'F261123A1B2C3D4E' };
const noInternet = [{ intent: 'fault-no-internet', probability: 0.95 }];
/** Nobody is on duty in the middle of a fault report. */
const OUT: Move = ['no internet', said('断了', { intents: noInternet, candidates: noInternet })];
export const KNOWN: DialogContext['customer'] = { id: 'c', name: null, phone: '13800138000', accounts: [] };
const RECORD = operations['customer.link'].value.parse(operationValues['customer.link'][0]).record;
export const LINKED: DialogContext['customer'] = {
  id: 'c',
  name: null,
  phone: '13800138000',
  accounts: [],
  record: RECORD,
};

const withOrder = (kind: string, status: string): DialogContext => ({
  ...context,
  customer: LINKED,
  orders: [{ ...anyOrder(status, TEN + 3_600_000), kind, summary: '移机 500M' }] as DialogContext['orders'],
});

/** A stranger, a customer, and one who is linked and has an order; what is confirmed is an order that is done. */
const worldsOf = (root: string): DialogContext[] =>
  root === 'verify-repair'
    ? ['fault', 'installation', 'complaint'].map((kind) => withOrder(kind, 'resolved'))
    : [
        context,
        { ...context, customer: KNOWN },
        withOrder(root === 'relocation' ? 'installation' : 'fault', 'assigned'),
      ];
