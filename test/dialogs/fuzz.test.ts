import fc from 'fast-check';
import { type DialogEvent, type DialogState, dialogStateSchema } from '../../src/contract/dialog';
import { type OperationName, operations } from '../../src/contract/operations';
import { dangerSchema, understandingSchema } from '../../src/contract/understanding';
import { advance, newDialogState } from '../../src/dialogs/advance';
import { context, TEN } from '../support/dialogs';
import { anyOrder, operationValues } from '../support/operation-values';
import { intentNames, shippedDialogs } from '../support/shipped-dialogs';
import { SEED, size } from '../support/size';

/** Random customers, worlds and agents against the shipped dialogs. */
const { set } = shippedDialogs;
if (!set) throw new Error('the shipped dialogs do not load');

const intents = [...intentNames.keys()];
const SECRET = 'sealed-secret-value';
const texts = fc.oneof(
  fc.constantFrom(
    '好',
    '没有',
    '1',
    '第二个',
    '转人工',
    '算了',
    '重来',
    '不对，是5栋',
    '还是不行',
    '好了',
    '。。。',
    '👍',
    '',
    '不知道',
    '接着办',
    '[验证码]',
    '__proto__',
    '{{ slots }}',
  ),
  fc.string({ maxLength: 40 }),
);
const entities = fc.constantFrom(
  { type: 'phone', value: '13800138000' },
  { type: 'address', value: { full: '中山路3栋', road: '中山路', building: '3栋' } },
  { type: 'address', value: { full: '3栋2单元', building: '3栋', unit: '2单元' } },
  { type: 'address-part', value: { full: '501', room: '501' } },
  { type: 'datetime', value: { startAt: TEN + 7_200_000, endAt: null } },
  { type: 'datetime', value: { startAt: TEN - 7_200_000, endAt: TEN + 80_000_000 } },
  { type: 'light', value: { light: 'los', colour: 'red', isBlinking: true } },
  { type: 'amount', value: 20 },
  { type: 'order-number', value: 'F261123A1B2C3D4E' },
  { type: 'one-time-code', value: SECRET },
);
const scored = fc.record({
  intent: fc.constantFrom(...intents),
  probability: fc.constantFrom(0.4, 0.6, 0.95),
});
const utterance = fc
  .record({
    text: texts,
    locale: fc.constantFrom('zh' as const, 'en' as const),
    danger: fc.option(fc.constantFrom(...dangerSchema.options), { freq: 30 }),
    intents: fc.array(scored, { maxLength: 2 }),
    candidates: fc.array(scored, { maxLength: 3 }),
    isClose: fc.boolean(),
    entities: fc.array(entities, { maxLength: 3 }),
    isUpset: fc.boolean(),
    isNegated: fc.boolean(),
    hasAttachment: fc.boolean(),
  })
  .map(({ hasAttachment, ...found }): DialogEvent => {
    const placed = found.entities.map((entity) => ({ ...entity, text: '', start: 0, end: 0 }));
    return {
      type: 'utterance',
      understanding: understandingSchema.parse({ ...found, entities: placed }),
      hasAttachment,
    };
  });

type Move =
  /** Somebody who answers what is asked: taps the nth option, or says a fact that fits. */
  | { type: 'reply'; option: number; intent: string }
  | { type: 'event'; event: DialogEvent }
  | { type: 'answer'; pick: number; how: 'ok' | 'error' | 'timeout' | 'odd'; twice: boolean };
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('reply' as const),
        option: fc.nat(2),
        intent: fc.constantFrom(...intents),
      }),
    },
    { weight: 2, arbitrary: utterance.map((event): Move => ({ type: 'event', event })) },
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('answer' as const),
        pick: fc.nat(20),
        how: fc.constantFrom(
          'ok' as const,
          'ok' as const,
          'ok' as const,
          'error' as const,
          'timeout' as const,
          'odd' as const,
        ),
        twice: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom<DialogEvent>(
          { type: 'silence' },
          { type: 'start', dialog: 'leave-order' },
          { type: 'start', dialog: 'verify-phone' },
          { type: 'resume', dialog: null, step: null },
          { type: 'resume', dialog: null, step: 'over' },
          { type: 'call-result', frameId: 'f1', callId: 'c2', outcome: { type: 'timeout' } },
        )
        .map((event): Move => ({ type: 'event', event })),
    },
  ),
  { minLength: 1, maxLength: 40 },
);
const settings = fc.record({
  isStaffed: fc.boolean(),
  isKnown: fc.boolean(),
  orders: fc.constantFrom(
    [],
    [anyOrder('assigned', TEN - 1)],
    [{ ...anyOrder('in-progress', null), kind: 'complaint' }],
  ),
  hours: fc.constantFrom(0, 1, 30),
});

const FACTS: Record<string, unknown> = {
  phone: '13800138000',
  address: { full: '中山路3栋2单元501', road: '中山路', building: '3栋', unit: '2单元', room: '501' },
  datetime: { startAt: TEN + 100_000_000, endAt: null },
  'order-number': 'F261123A1B2C3D4E',
  'one-time-code': SECRET,
};

function replyTo({ frames }: DialogState, option: number, intent: string): DialogEvent {
  const frame = frames.at(-1);
  const dialog = set?.dialogs.get(frame?.dialog ?? '');
  const step = dialog?.steps.find(({ id }) => id === frame?.step);
  const kind = step?.type === 'ask' ? dialog?.slots[step.slot]?.entity : undefined;
  const label = step?.type === 'choose' ? (step.options[option] ?? step.options[0])?.value : undefined;
  const fact = kind && kind in FACTS ? [{ type: kind, text: '', start: 0, end: 0, value: FACTS[kind] }] : [];
  const found = frame ? [] : [{ intent, probability: 0.9 }];
  const said = { text: label ?? '是这样', locale: 'zh', danger: null, isClose: false, isUpset: false };
  const understanding = understandingSchema.parse({
    ...said,
    intents: found,
    candidates: found,
    entities: fact,
  });
  return { type: 'utterance', understanding, hasAttachment: false };
}

/** The events that a move stands for, as things stand. */
function eventsOf(move: Move, state: DialogState): DialogEvent[] {
  if (move.type === 'event') return [move.event];
  const { frames } = state;
  if (move.type === 'reply') return [replyTo(state, move.option, move.intent)];
  const frame = frames.find(({ waiting }) => waiting !== null);
  if (!frame?.waiting) return [];
  const { callId, operation } = frame.waiting;
  const possible = operationValues[operation as OperationName];
  const value = move.how === 'odd' ? { what: 1n.toString() } : possible[move.pick % possible.length];
  const outcome =
    move.how === 'timeout'
      ? ({ type: 'timeout' } as const)
      : move.how === 'error'
        ? ({ type: 'error', code: 'x' } as const)
        : ({ type: 'ok', value } as const);
  const event: DialogEvent = { type: 'call-result', frameId: frame.id, callId, outcome };
  return move.twice ? [event, event] : [event];
}

const REPLY_LIMIT = 12;

describe('the shipped dialogs, whatever is said and whatever the world answers', () => {
  it('know an answer of every operation', () => {
    expect(Object.keys(operationValues).sort()).toEqual(Object.keys(operations).sort());
  });

  it('never throw, say little at once, keep a state that is plain JSON, and never show a secret', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(settings, moves, ({ isStaffed, isKnown, orders, hours }, steps) => {
        let state = newDialogState('zh');
        let now = TEN;
        const customer = isKnown ? { id: 'c', name: null, phone: '13800138000', accounts: [] } : null;
        for (const move of steps) {
          for (const event of eventsOf(move, state)) {
            now += hours * 3_600_000;
            const taken = { ...context, now, isStaffed, customer, orders: orders as never };
            const result = advance(set, state, event, taken);
            state = JSON.parse(JSON.stringify(result.state));
            expect(state).toEqual(result.state);
            expect(dialogStateSchema.parse(state)).toEqual(state);
            expect(result.replies.length).toBeLessThanOrEqual(REPLY_LIMIT);
            expect(JSON.stringify([result.replies, state.shared, state.lastReplies])).not.toContain(SECRET);
            // Nobody who writes is left without a word, a human, or something looked up for him.
            const isHeard =
              result.replies.length > 0 ||
              result.effects.some(({ type }) => type === 'handoff' || type === 'call');
            if (event.type === 'utterance') expect(isHeard).toBe(true);
            for (const { text, quickReplies } of result.replies) {
              expect(text).not.toBe('');
              expect(quickReplies.length).toBeLessThanOrEqual(3);
            }
            for (const effect of result.effects) {
              if (effect.type !== 'call') continue;
              const isOpen = effect.operation === 'otp.verify';
              if (!isOpen) expect(JSON.stringify(effect.args)).not.toContain(SECRET);
              const args = operations[effect.operation as OperationName].args.safeParse(effect.args);
              expect(args.error?.message).toBeUndefined();
            }
            for (const { dialog, step } of state.frames) reached.add(`${dialog}/${step}`);
          }
        }
      }),
      { numRuns: size({ test: 500, prove: 20_000 }), seed: SEED },
    );
    // Random talk must get deep enough to mean something.
    expect(reached.size).toBeGreaterThan(60);
    expect([...reached]).toContain('fault-report/create');
    expect([...reached]).toContain('verify-phone/check');
  }, 300_000);
});
