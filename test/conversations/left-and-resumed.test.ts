import { newDialogState } from '../../src/dialogs/advance';
import { movableOf, placed, withoutSecrets } from '../../src/turns/conversation/move';
import { createExplorer, LINKED, type Reached } from '../support/explore-dialogs';
import { shippedDialogs } from '../support/shipped-dialogs';
import { SEED, seededRandom, size } from '../support/size';

/**
 * An installation and a relocation are left at each question, and gone on with two days later on another channel, in
 * conversations that are made from the graph.
 */
const { set } = shippedDialogs;
if (!set) throw new Error('the shipped dialogs do not load');
const explorer = createExplorer(set);
const ROOTS = ['broadband-install', 'relocation'];
const TWO_DAYS_MS = 48 * 3_600_000;

const questions = ROOTS.flatMap((id) =>
  (set.dialogs.get(id)?.steps ?? []).flatMap(({ type, id: step }) =>
    type === 'ask' || type === 'choose' ? [`${id}/${step}`] : [],
  ),
);
const found = explorer.explore(ROOTS, size({ test: 1, prove: 6 }));
const placeOf = ({ state }: Reached): string => explorer.placeOf(state);
const missed = questions.filter((place) => !found.some((at) => placeOf(at) === place));
found.push(...explorer.wander(found, missed, seededRandom(SEED)));
const open = found.filter(({ state }) => ['ask', 'choose'].includes(explorer.stepOf(state).step?.type ?? ''));

/** The same dialogs in a conversation of the app, where the customer is known. */
function resumed({ state, context, way }: Reached): Reached {
  const now = context.now + TWO_DAYS_MS;
  const frames = movableOf(set as never, state.frames).map((frame) => withoutSecrets(set as never, frame));
  const { shared, queuedIntents, keptQuestions } = state;
  const there = placed(newDialogState('zh'), { frames, shared, queuedIntents, keptQuestions }, now);
  const at = { ...context, channel: 'app' as const, now, customer: LINKED };
  const nothing = { state: there, context: at, replies: [], effects: [], way };
  return explorer.settle(explorer.take(nothing, ['goes on', { type: 'resume', dialog: null, step: null }]));
}

/** Answers the first option, or the fact that is asked for, until it is over. */
function finished(from: Reached): Reached | null {
  let at = from;
  for (let n = 0; n < 40; n += 1) {
    if (at.state.frames.length === 0 || at.effects.some(({ type }) => type === 'handoff')) return at;
    const [move] = explorer.moves(at);
    if (!move) return null;
    at = explorer.settle(explorer.take(at, move));
  }
  return null;
}

/** Who is known on the other channel need not prove it again. */
const PROOF = /^(?:need-proof|verify-phone)\//;

function problemsOf(at: Reached): string[] {
  const before = placeOf(at);
  const back = resumed(at);
  const told = back.replies.map(({ text }) => text).join(' / ');
  const isStale = before === 'pick-visit/choose-time';
  const isLooked = back.effects.some(
    (effect) => effect.type === 'call' && /^(?:operator\.slots|work-order\.visits)$/.test(effect.operation),
  );
  const isSame = placeOf(back) === before || PROOF.test(before) || (isStale && isLooked);
  const end = finished(back);
  return [
    ...(isSame ? [] : [`goes on at ${placeOf(back)}`]),
    ...(told === '' ? ['nothing is said'] : []),
    ...(isStale && !isLooked ? [`old times are offered: ${told}`] : []),
    ...(/没有核对本人/.test(told) ? [`a known customer is turned away: ${told}`] : []),
    ...(end ? [] : ['it comes to no end']),
  ].map((problem) => `${before}: ${problem}\n  after ${at.way.slice(-6).join('\n    ')}`);
}

describe('an installation and a relocation', () => {
  it('are left at every question', () => {
    process.stdout.write(`${open.length} conversations left, ${new Set(open.map(placeOf)).size} questions\n`);
    expect(questions.filter((place) => !open.some((at) => placeOf(at) === place))).toEqual([]);
  });

  it('go on two days later on another channel, and come to their end', () => {
    expect([...new Set(open.flatMap(problemsOf))].slice(0, 12)).toEqual([]);
  });
});
