import type { Content } from '../../src/content/content';
import type { SessionMove } from '../../src/content/serving/serving-state';
import { type ConversationState, conversationStateSchema } from '../../src/contract/conversation';
import type { DialogSet } from '../../src/dialogs/schema';
import { smallContent, startConversation } from '../support/conversation';
import { createExplorer, type Reached } from '../support/explore-dialogs';
import { operationValues } from '../support/operation-values';
import { shippedDialogs } from '../support/shipped-dialogs';
import { reportFigure, size } from '../support/size';

/**
 * Another version is published while customers stand at every step of the shipped dialogs that waits: none is
 * stranded, none fails, and each comes to be on the version that was chosen.
 */
const { set: shipped } = shippedDialogs;
if (!shipped) throw new Error('the shipped dialogs do not load');
const old: DialogSet = shipped;

/** A dialog is gone, a question has another name, a value is of another kind. */
function changed({ dialogs, ...rest }: DialogSet): DialogSet {
  const next = new Map(structuredClone([...dialogs]));
  next.delete('wifi-password');
  const complaint = next.get('complaint');
  for (const step of complaint?.steps ?? []) if (step.type === 'choose') step.slot = `${step.slot}-now`;
  const [name] = Object.keys(next.get('fault-report')?.slots ?? {});
  const slot = next.get('fault-report')?.slots[name ?? ''];
  if (slot) slot.entity = slot.entity === 'amount' ? 'count' : 'amount';
  return { dialogs: next, ...rest };
}
const contents: Record<string, Content> = {
  v1: { ...smallContent('v1'), dialogs: old },
  v2: { ...smallContent('v2'), dialogs: changed(old) },
};
const contentOf = (version: string): Content => contents[version] ?? smallContent(version);

const explorer = createExplorer(old);
const found = explorer.explore([...old.dialogs.keys()], size({ test: 1, prove: 3 }));
/** Each step once, then those with more ways to them again, until there are enough. */
function spread(all: Reached[], count: number): Reached[] {
  const ways = new Map<string, Reached[]>();
  for (const at of all) {
    const place = explorer.placeOf(at.state);
    ways.set(place, [...(ways.get(place) ?? []), at]);
  }
  const rounds = Math.max(...[...ways.values()].map(({ length }) => length));
  const inTurn = Array.from({ length: rounds }, (_, n) =>
    [...ways.values()].flatMap((way) => way[n] ?? []),
  ).flat();
  return Array.from({ length: count }, (_, i) => inTurn[i % inTurn.length]).flatMap((at) => at ?? []);
}
const sessions = spread(found, size({ test: 250, prove: 1000 }));
const steps = new Set(found.map(({ state }) => explorer.placeOf(state)));

function conversationAt({ state, context }: Reached, i: number, move: SessionMove | null) {
  let isPublished = false;
  const talk = startConversation(
    {
      pickContent: (version) => contentOf(version ?? (isPublished ? 'v2' : 'v1')),
      moveOf: (version) => (isPublished && version === 'v1' ? move : null),
    },
    `conv-${i}`,
  );
  talk.now = context.now;
  talk.say('您好');
  const begun: ConversationState = {
    ...talk.state,
    dialog: state,
    customer: context.customer,
    orders: context.orders,
  };
  talk.json = JSON.stringify(conversationStateSchema.parse(begun));
  isPublished = true;
  return talk;
}

/** Speaks, and answers what is waited for, until the session has left its version or is over. */
function goOn(talk: ReturnType<typeof conversationAt>): string[] {
  const said = talk.say('好的');
  for (let n = 0; n < 12 && talk.state.session?.contentVersion === 'v1'; n += 1) {
    const waiting = talk.state.dialog?.frames.find((frame) => frame.waiting !== null)?.waiting;
    if (talk.state.ownership.owner !== 'bot') return said;
    if (waiting) {
      // Another answer each time: the same one could lead to the same question for ever.
      const values: unknown[] = [
        ...(operationValues[waiting.operation as keyof typeof operationValues] ?? []),
      ];
      const value = values[n % (values.length + 1)];
      said.push(...talk.answer(value === undefined ? { type: 'timeout' } : { type: 'ok', value }));
    } else said.push(...talk.say('好的'));
  }
  return said;
}

const CHOICES: [string, SessionMove | null, string][] = [
  ['finish', null, 'v1'],
  ['migrate', { kind: 'migrate', to: 'v2', map: {} }, 'v2'],
  ['restart', { kind: 'restart', to: 'v2', map: {} }, 'v2'],
  ['stop', { kind: 'restart', to: 'v2', map: {}, isStop: true }, 'v2'],
];

describe('a publish while customers stand at every step', () => {
  it.each(CHOICES)(
    '%s: nobody is stranded, nothing fails, each is on the version chosen',
    (name, move, wanted) => {
      const began = performance.now();
      const problems: string[] = [];
      const ends = new Map<string, number>();
      const places = new Set<string>();
      sessions.forEach((at, i) => {
        const place = explorer.placeOf(at.state);
        places.add(place);
        const fail = (why: string) => problems.push(`${place}: ${why}`);
        try {
          const talk = conversationAt(at, i, move);
          const said = move === null ? talk.say('好的') : goOn(talk);
          const { session, ownership, dialog } = talk.state;
          const version = session?.contentVersion ?? 'none';
          ends.set(version, (ends.get(version) ?? 0) + 1);
          const isHuman = ownership.owner !== 'bot';
          const isOpen = (dialog?.frames.length ?? 0) > 0;
          if (version !== wanted && !isHuman) fail(`is on ${version}`);
          if (said.length === 0 && !isHuman && !isOpen) fail('nobody answers');
        } catch (error) {
          fail(String(error));
        }
      });
      expect([...new Set(problems)].slice(0, 10)).toEqual([]);
      expect(places).toEqual(steps);
      const ms = Math.round(performance.now() - began);
      reportFigure(`sessions at a publish, ${name}`, `${sessions.length} at ${places.size} steps, ${ms} ms`);
      if (process.env.SHOW)
        console.log(name, sessions.length, places.size, found.length, ms, Object.fromEntries(ends));
    },
  );
});
