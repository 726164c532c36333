import type { ConversationState, Ownership, TurnResult } from '../../src/contract/conversation';
import { type OwnershipStep, takeOwnershipStep } from '../../src/handoff/ownership';
import { createConversationTurn } from '../../src/turns/conversation/conversation-turn';
import type { TurnFunction, TurnInput } from '../../src/turns/engine';
import { smallContent } from '../support/conversation';
import { shippedPolicies } from '../support/policies';
import { reportFigure, SEED, seededRandom, size } from '../support/size';
import { checkWorld } from './check-world';
import { createOwnershipTurn } from './ownership-turn';
import { createWorld, soundRules, type World, type WorldRules } from './world';

const STEPS = 80;

const content = smallContent();
const realTurn = createConversationTurn({
  timeZone: 'Asia/Shanghai',
  policies: shippedPolicies,
  pickContent: () => content,
});

/** One random interleaving, checked whenever the queue is through, after all of it, and after its end. */
function runOnce(rules: WorldRules, seed: number): { problems: string[]; world: World } {
  const world = createWorld(rules, seededRandom(seed));
  for (let i = 0; i < STEPS; i += 1) world.step();
  world.drain();
  const inTheMiddle = checkWorld(world);
  world.settle();
  world.drain();
  const atTheEnd = checkWorld(world);
  return { problems: [...inTheMiddle, ...atTheEnd], world };
}

/** The first interleaving with a problem (of a kind), so that it can be run again; null when there is none. */
function search(rules: WorldRules, times: number, kind = /./): string | null {
  for (let i = 0; i < times; i += 1) {
    const { problems } = runOnce(rules, SEED + i);
    const found = problems.filter((problem) => kind.test(problem));
    if (found.length > 0) return `seed ${SEED + i}: ${found.slice(0, 5).join('; ')}`;
  }
  return null;
}

describe.each<[string, string, TurnFunction]>([
  ['the pure state machine', 'ownership', createOwnershipTurn()],
  ['the real turn', 'conversation turn', realTurn],
])('random interleavings of %s', (_name, figure, turn) => {
  it(
    'never give two owners, show an old epoch, lose a message, a stretch or a place in the queue',
    () => {
      const times = size({ test: 300, prove: 100_000 });
      const problem = search(soundRules(turn), times);
      reportFigure(`interleavings of the ${figure} without a fault`, problem ? 0 : times);
      expect(problem).toBeNull();
    },
    size({ test: 60_000, prove: 3_600_000 }),
  );

  it('reach what they are meant to reach', () => {
    const met = new Map<string, number>();
    const meet = (name: string, is: boolean) => met.set(name, (met.get(name) ?? 0) + (is ? 1 : 0));
    for (let i = 0; i < 300; i += 1) {
      const { commits } = runOnce(soundRules(turn), SEED + i).world;
      const outcomes = commits.map(({ result }) => result.result);
      meet(
        'claimed',
        commits.some(({ after }) => after.owner === 'human'),
      );
      meet(
        'taken',
        outcomes.some(({ reason }) => reason === 'taken'),
      );
      meet(
        'spoke',
        commits.some(({ result }) => result.replies.some(({ from }) => from.role === 'agent')),
      );
      if (turn === realTurn)
        meet(
          'spoke as a guest',
          commits.some(
            ({ before, result }) =>
              before?.owner === 'human' &&
              result.replies.some(
                ({ from }) => from.role === 'agent' && from.id !== `agent:${before.agentId}`,
              ),
          ),
        );
      meet(
        'transferred',
        commits.some(({ before, after }) => before?.owner === 'human' && after.owner === 'queued'),
      );
      meet(
        'passed to a colleague',
        commits.some(({ after }) => after.owner === 'queued' && after.line?.wantedAgentId != null),
      );
      meet(
        'passed to a group',
        commits.some(({ before, after }) => before?.owner === 'human' && after.line?.group === 'fault'),
      );
      meet(
        'lost',
        commits.some(({ entry, after }) => entry.activity.name === 'agent.lost' && after.owner === 'queued'),
      );
      meet(
        'lost too late',
        commits.some(
          ({ entry, result }) => entry.activity.name === 'agent.lost' && result.result.reason === 'not-yours',
        ),
      );
      meet(
        'released',
        commits.some(({ before, after }) => before?.owner === 'human' && after.owner === 'bot'),
      );
      meet(
        'closed',
        commits.some(({ after }) => after.owner === 'wrap-up'),
      );
      meet(
        'withdrawn',
        commits.some(({ before, after }) => before?.owner === 'queued' && after.owner === 'bot'),
      );
      meet(
        'raised',
        commits.some(({ before, after }) => before?.owner === 'queued' && after.priority !== 'normal'),
      );
    }
    const rare = [...met].filter(([, times]) => times < 10);
    expect(rare).toEqual([]);
  });
});

describe('the checker of interleavings', () => {
  const sound = soundRules(createOwnershipTurn());
  const real = soundRules(realTurn);

  /** A turn whose result is spoilt. */
  const spoil = (
    change: (result: TurnResult<unknown>, input: TurnInput) => TurnResult<unknown>,
  ): WorldRules => ({
    ...real,
    turn: {
      run: (input) => change(realTurn.run(input) as TurnResult<unknown>, input),
      fail: realTurn.fail,
    },
  });
  const faultyStep = (
    change: (current: Ownership) => Ownership,
    changeStep = (step: OwnershipStep, _current: Ownership): OwnershipStep => step,
  ): WorldRules => ({
    ...sound,
    turn: createOwnershipTurn((current, step, now) =>
      takeOwnershipStep(change(current), changeStep(step, current), now),
    ),
  });
  let runs = 0;

  it.each<[string, WorldRules, RegExp]>([
    [
      'a claim that takes what a colleague has',
      faultyStep((current) => (current.owner === 'human' ? { ...current, owner: 'queued' } : current)),
      /two owners/,
    ],
    [
      'a step that anybody may take',
      {
        ...sound,
        turn: createOwnershipTurn((current, step, now) =>
          takeOwnershipStep(
            current,
            'agentId' in step && step.type !== 'claim' ? { ...step, agentId: current.agentId ?? '' } : step,
            now,
          ),
        ),
      },
      /two owners/,
    ],
    [
      'an epoch that stands still',
      faultyStep((current) => ({ ...current, epoch: Math.min(current.epoch, 1) })),
      /epoch/,
    ],
    ['a commit of what was begun under an older epoch', { ...real, isChecked: false }, /old epoch/],
    [
      'a queue that takes an older epoch',
      { ...sound, put: (queue, item) => ({ ...queue, items: new Map([[item.conversationId, item]]) }) },
      /queue: /,
    ],
    [
      'a queue that forgets who left',
      {
        ...real,
        remove: (queue, id, epoch, agentId) => ({
          ...sound.remove(queue, id, epoch, agentId),
          tombstones: new Map(),
        }),
      },
      /queue: holds/,
    ],
    [
      'a removal that ignores the epoch',
      { ...real, remove: (queue, id, _epoch, agentId) => sound.remove(queue, id, 1000, agentId) },
      /queue: epoch undefined/,
    ],
    [
      'a command for the queue that is missing',
      spoil((result) => ({
        ...result,
        commands: result.commands.filter(({ operation }) => operation !== 'queue.remove'),
      })),
      /queue: holds/,
    ],
    [
      'a count that is not told of',
      spoil((result) => ({
        ...result,
        commands: result.commands.map((command) =>
          command.operation === 'queue.remove'
            ? { ...command, args: { ...command.args, agentId: null } }
            : command,
        ),
      })),
      /counts: for /,
    ],
    [
      'an agent who is lost while somebody else has it',
      faultyStep(
        (current) => current,
        (step, current) =>
          step.type === 'lose' ? { ...step, agentId: current.agentId ?? '', epoch: current.epoch } : step,
      ),
      /two owners/,
    ],
    [
      'words of an agent that are lost',
      spoil((result) => ({ ...result, replies: result.replies.filter(({ from }) => from.role !== 'agent') })),
      /lost: an agent/,
    ],
    [
      'a bot that speaks beside a human',
      spoil((result, { entry }) => ({
        ...result,
        replies:
          entry.activity.type === 'message'
            ? [...result.replies, { type: 'message', text: 're', from: { id: 'bot', role: 'bot' } }]
            : result.replies,
      })),
      /bot spoke/,
    ],
    [
      'guests who outlive the owner’s part',
      spoil((result, { state }) => {
        const before = state === '' ? null : (JSON.parse(state) as ConversationState);
        const after = result.state as ConversationState;
        return { ...result, state: { ...after, guests: after.guests ?? before?.guests } };
      }),
      /two owners: .* did agent.message/,
    ],
    ['a change of hands that is not recorded', spoil((result) => ({ ...result, records: [] })), /stretch/],
    [
      'a turn that depends on more than its input',
      spoil((result) => {
        runs += 1;
        return { ...result, result: { ...result.result, runs } };
      }),
      /impure/,
    ],
  ])('finds %s', (_name, rules, problem) => {
    expect(search(rules, 500, problem)).not.toBeNull();
  });
});
