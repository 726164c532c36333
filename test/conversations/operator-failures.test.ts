import type { DialogEvent } from '../../src/contract/dialog';
import { createExplorer, type Reached } from '../support/explore-dialogs';
import { shippedDialogs } from '../support/shipped-dialogs';
import { SEED, seededRandom, size } from '../support/size';

/**
 * Every call of every dialog fails and times out, in conversations that are made from the graph: the customer is told
 * something, there is a way on, and nothing is said to be done that was not.
 */
const { set } = shippedDialogs;
if (!set) throw new Error('the shipped dialogs do not load');
const explorer = createExplorer(set);

const steps = [...set.dialogs.values()].flatMap(({ id, steps: all }) =>
  all.flatMap((step) =>
    step.type === 'call' || step.type === 'work-order' ? [[`${id}/${step.id}`, step] as const] : [],
  ),
);
/** Dialogs that customers open, and those that the turn does. */
const roots = [...set.dialogs.values()].flatMap(({ id, intents }) =>
  intents.length > 0 || ['leave-order', 'verify-repair', 'verify-recovery', 'survey'].includes(id)
    ? [id]
    : [],
);
const reached = explorer.explore(roots, size({ test: 1, prove: 12 }));
const missed = steps.flatMap(([place]) =>
  reached.some(({ state }) => explorer.placeOf(state) === place) ? [] : [place],
);
reached.push(...explorer.wander(reached, missed, seededRandom(SEED)));
const byPlace = new Map<string, Reached[]>();
for (const at of reached) {
  const place = explorer.placeOf(at.state);
  byPlace.set(place, [...(byPlace.get(place) ?? []), at]);
}

/** What may be said only of what was done. */
const CLAIMS: Record<string, RegExp> = {
  'work-order.create': /报好了|登记好了|预约好了|投诉号 F|单号 F261123A1B2C3D4E，/,
  'operator.reserve-slot': /给您留到/,
  'operator.change-slot': /约好了/,
  'operator.book-slot': /\d–\d\d:\d\d (?:上门安装|师傅到新家|师傅上门)/,
  'operator.cancel-service': /已取消|已退订|不再扣/,
  'operator.change-plan': /换好了|已换|办好了/,
  'incident.subscribe': /恢复了我在这里告诉您/,
  'work-order.withdraw': /撤好了/,
  'work-order.add': /记到单上|已补充|加到/,
  'work-order.reschedule': /约好了|上门取消了/,
  'work-order.confirm': /这单结了|已重新打开/,
  'work-order.dispute': /记下了|照常计时|接着算/,
  'complaint.continue': /我接着办|由主管负责/,
  'customer.link': /绑好了|已绑定/,
  'customer.unlink': /解绑了|已解绑/,
  'otp.send': /发到/,
};

/** The same in English. */
const CLAIMS_IN_ENGLISH: Record<string, RegExp> = {
  'work-order.create': /is registered|All noted|Your appeal is noted|order F261123A1B2C3D4E[,.:]/,
  'operator.reserve-slot': /is held for you until/,
  'operator.change-slot': /Booked for/,
  'operator.cancel-service': /is cancelled|is ended/,
  'operator.change-plan': /is changed|has been changed/,
  'work-order.withdraw': /is withdrawn/,
  'work-order.reschedule': /Booked for|visit is cancelled/,
  'work-order.confirm': /is closed now|is open again/,
  'work-order.dispute': /Your objection is noted/,
  'customer.link': /is linked now/,
};

type Failure = 'error' | 'timeout';

/** The call of a state ends so; what is waited for beyond its time never comes. */
function fail(at: Reached, how: Failure): Reached {
  const frame = at.state.frames.at(-1);
  if (!frame?.waiting) throw new Error('no call is open');
  const outcome =
    how === 'error' ? ({ type: 'error', code: 'unavailable' } as const) : ({ type: 'timeout' } as const);
  const event: DialogEvent = {
    type: 'call-result',
    frameId: frame.id,
    callId: frame.waiting.callId,
    outcome,
  };
  const failed = explorer.take(at, [how, event]);
  const late = failed.state.frames.find(({ id }) => id === frame.id)?.waiting?.lateUntilAt;
  if (late === undefined) return failed;
  const after = { ...failed, context: { ...failed.context, now: late } };
  const over = explorer.take(after, ['never', event]);
  return {
    ...over,
    replies: [...failed.replies, ...over.replies],
    effects: [...failed.effects, ...over.effects],
  };
}

/** What matters was said before the call, which only tidies up: more than that something is looked up. */
const isToldBefore = (at: Reached): boolean => {
  const { step } = explorer.stepOf(at.state);
  const looking = step && 'say' in step && step.say ? 1 : 0;
  return at.replies.length > looking;
};

/** What is wrong after a failure; empty when the customer is served truthfully. */
function problemsOf(at: Reached, operation: string, how: Failure): string[] {
  const failed = fail(at, how);
  const own = failed.replies.map(({ text }) => text).join(' / ');
  const settled = explorer.settle(failed);
  const { step } = explorer.stepOf(settled.state);
  const isHandedOn = settled.effects.some(({ type }) => type === 'handoff');
  const isOver = settled.state.frames.length === 0;
  const isAsked = step?.type === 'ask' || step?.type === 'choose' || step?.type === 'survey';
  const claim = CLAIMS[operation]?.exec(own);
  return [
    ...(settled.replies.length === 0 && !isHandedOn && !isToldBefore(at) ? ['nothing is said'] : []),
    ...(isHandedOn || isOver || isAsked ? [] : ['there is no way on']),
    ...(claim ? [`"${claim[0]}" is claimed: ${own}`] : []),
  ].map((problem) => `${problem}\n  ${how} after ${at.way.slice(-6).join('\n    ')}`);
}

describe('failures of every call', () => {
  it('are come to by some conversation', () => {
    process.stdout.write(`${steps.length} calls, ${byPlace.size} steps, ${reached.length} conversations\n`);
    expect(steps.map(([place]) => place).filter((place) => !byPlace.has(place))).toEqual([]);
  });

  it.each(['error', 'timeout'] as const)('leave nobody without a word, a way on or the truth: %s', (how) => {
    const problems = steps.flatMap(([place, step]) => {
      const operation = step.type === 'call' ? step.operation : 'work-order.create';
      return (byPlace.get(place) ?? [])
        .flatMap((at) => problemsOf(at, operation, how).slice(0, 1))
        .slice(0, 1);
    });
    expect(problems).toEqual([]);
  });

  it.each(['error', 'timeout'] as const)('are told in English to who speaks it: %s', (how) => {
    const problems = steps.flatMap(([place, step]) => {
      const operation = step.type === 'call' ? step.operation : 'work-order.create';
      const [first] = byPlace.get(place) ?? [];
      if (!first) return [];
      const at = { ...first, state: { ...first.state, locale: 'en' as const } };
      const own = fail(at, how).replies.map(({ text }) => text);
      const known = JSON.stringify([at.state, at.context]);
      // Names, addresses and what the customer wrote stay as they are.
      const foreign = own
        .flatMap((text) => text.match(/\p{Script=Han}+/gu) ?? [])
        .filter((words) => !known.includes(words));
      const claim = CLAIMS_IN_ENGLISH[operation]?.exec(own.join(' / '));
      return [
        ...(foreign.length > 0
          ? [`${place} ${how}: "${foreign[0]}" is not English: ${own.join(' / ')}`]
          : []),
        ...(claim ? [`${place} ${how}: "${claim[0]}" is claimed: ${own.join(' / ')}`] : []),
      ];
    });
    expect(problems).toEqual([]);
  });

  it('are told from what is said when it was done', () => {
    const told = new Map<string, string>();
    for (const [place, step] of steps) {
      const operation = step.type === 'call' ? step.operation : 'work-order.create';
      for (const at of byPlace.get(place) ?? []) {
        const done = explorer.outcomes(at).filter(([name]) => name.includes(' ok '));
        const words = done.flatMap((move) =>
          explorer.settle(explorer.take(at, move)).replies.map(({ text }) => text),
        );
        told.set(operation, `${told.get(operation) ?? ''} / ${words.join(' / ')}`);
      }
    }
    const vain = Object.entries(CLAIMS).filter(
      ([operation, claim]) => !claim.test(told.get(operation) ?? ''),
    );
    expect(
      vain.map(
        ([operation]) =>
          `${operation}: ${[...new Set(told.get(operation)?.split(' / '))].slice(0, 8).join(' / ')}`,
      ),
    ).toEqual([]);
  });
});
