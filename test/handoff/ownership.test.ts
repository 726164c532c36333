import type { Ownership } from '../../src/contract/conversation';
import { botOwnership, type OwnershipStep, takeOwnershipStep } from '../../src/handoff/ownership';

const take = (current: Ownership, ...steps: OwnershipStep[]): Ownership =>
  steps.reduce((ownership, step, i) => {
    const taken = takeOwnershipStep(ownership, step, 1000 + i);
    if (taken.status !== 'changed') throw new Error(`${step.type}: ${taken.status}`);
    return taken.ownership;
  }, current);

const queue: OwnershipStep = { type: 'queue', reason: 'asked', priority: 'normal', resumeAt: 'verify' };
const claim = (agentId = 'anna'): OwnershipStep => ({ type: 'claim', agentId });
const bot = botOwnership(0);
const queued = take(bot, queue);
const human = take(queued, claim());
const wrapUp = take(human, { type: 'close', agentId: 'anna' });

describe('who has a conversation', () => {
  it('goes from the bot over the queue to a human, to wrap-up and back, an epoch each time', () => {
    const end = take(wrapUp, { type: 'finish', agentId: 'anna' });
    expect([bot, queued, human, wrapUp, end].map(({ owner, epoch }) => `${owner}@${epoch}`)).toEqual([
      'bot@0',
      'queued@1',
      'human@2',
      'wrap-up@3',
      'bot@4',
    ]);
    expect([queued, human, wrapUp].every(({ isBotServing }) => !isBotServing)).toBe(true);
    expect(end).toEqual(botOwnership(1000, 4));
  });

  it.each<[string, Ownership, OwnershipStep, unknown]>([
    ['a claim of what a colleague has', human, claim('ben'), { status: 'refused', reason: 'taken' }],
    ['a claim of what one has', human, claim(), { status: 'unchanged' }],
    ['a claim of what the bot has', bot, claim(), { status: 'refused', reason: 'not-queued' }],
    ['a claim in wrap-up', wrapUp, claim('ben'), { status: 'refused', reason: 'not-queued' }],
    ['a request for a human when one is there', human, queue, { status: 'unchanged' }],
    ['the same request again', queued, queue, { status: 'unchanged' }],
    [
      'a withdrawal when a human is there',
      human,
      { type: 'withdraw' },
      { status: 'refused', reason: 'not-queued' },
    ],
    [
      'a finish before the close',
      human,
      { type: 'finish', agentId: 'anna' },
      { status: 'refused', reason: 'not-yours' },
    ],
  ])('answers %s', (_name, current, step, result) => {
    expect(takeOwnershipStep(current, step, 2000)).toEqual(result);
  });

  it.each(['transfer', 'release', 'close', 'finish'] as const)(
    'lets nobody %s what is not theirs',
    (type) => {
      const step = { type, agentId: 'ben', reason: '', resumeAt: null } as OwnershipStep;
      for (const current of [bot, queued, human, wrapUp]) {
        expect(takeOwnershipStep(current, step, 2000)).toEqual({ status: 'refused', reason: 'not-yours' });
      }
    },
  );

  it('raises the priority of what waits without losing its place in time, and never lowers it', () => {
    const high = take(queued, { ...queue, priority: 'high' });
    expect(high).toMatchObject({ priority: 'high', since: queued.since, epoch: queued.epoch + 1 });
    expect(takeOwnershipStep(high, queue, 2000)).toEqual({ status: 'unchanged' });
  });

  it('puts a transferred conversation in front of the others', () => {
    const back = take(human, { type: 'transfer', agentId: 'anna', reason: 'needs a supervisor' });
    expect(back).toMatchObject({
      owner: 'queued',
      priority: 'high',
      agentId: null,
      reason: 'needs a supervisor',
    });
  });

  it('goes on at the step that the agent names, else where the handoff said', () => {
    const release = (resumeAt: string | null): OwnershipStep => ({
      type: 'release',
      agentId: 'anna',
      resumeAt,
    });
    expect(take(human, release('rate')).resumeAt).toBe('rate');
    expect(take(human, release(null)).resumeAt).toBe('verify');
  });
});

describe('whoever leads', () => {
  const takeOver = (agentId: string): OwnershipStep => ({ type: 'take-over', agentId });
  const reassign = (to: { agentId: string } | { group: string }): OwnershipStep => ({
    type: 'reassign',
    agentId: 'lead',
    reason: '班次交接',
    to,
  });

  it('takes over from a colleague, the line and the bot, and nothing that is over', () => {
    for (const current of [human, queued, bot])
      expect(take(current, takeOver('lead'))).toMatchObject({
        owner: 'human',
        agentId: 'lead',
        epoch: current.epoch + 1,
        isBotServing: false,
      });
    expect(takeOwnershipStep(wrapUp, takeOver('lead'), 2000)).toMatchObject({ status: 'refused' });
    const taken = take(human, takeOver('lead'));
    expect(takeOwnershipStep(taken, takeOver('lead'), 2000)).toEqual({ status: 'unchanged' });
    expect(takeOwnershipStep(taken, { type: 'close', agentId: 'anna' }, 2000)).toMatchObject({
      reason: 'not-yours',
    });
  });

  it('gives what a colleague has, or what waits, to another', () => {
    const passed = take(human, reassign({ agentId: 'ben' }));
    expect(passed).toMatchObject({ owner: 'queued', agentId: null, priority: 'high' });
    expect(passed.line).toMatchObject({ wantedAgentId: 'ben', avoidAgentId: 'anna', note: '班次交接' });
    const moved = take(queued, reassign({ group: 'fault' }));
    expect(moved).toMatchObject({ owner: 'queued', since: queued.since });
    expect(moved.line).toMatchObject({ group: 'fault', avoidAgentId: null });
    for (const current of [bot, wrapUp])
      expect(takeOwnershipStep(current, reassign({ group: 'fault' }), 2000)).toMatchObject({
        status: 'refused',
      });
  });
});
