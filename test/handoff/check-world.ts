import { agentOutcomeSchema } from '../../src/contract/handoff';
import type { Commit, World } from './world';

const isAgents = ({ entry }: Commit) => entry.activity.name?.startsWith('agent.') ?? false;
const outcomeOf = (commit: Commit) => agentOutcomeSchema.safeParse(commit.result.result).data ?? null;
const agentOf = ({ entry }: Commit) => (entry.activity.value as { agentId: string }).agentId;
const guestOf = ({ entry }: Commit) => (entry.activity.value as { guestId: string }).guestId;
const textOf = ({ entry }: Commit) => (entry.activity.value as { text: string }).text;

/** What those who lead may do with what another has. */
const LEADERS = ['agent.take-over', 'agent.reassign'];
const isLeaders = (commit: Commit) =>
  LEADERS.includes(commit.entry.activity.name ?? '') && outcomeOf(commit)?.status === 'changed';

/** What a colleague who was asked in may do: write if they were let, and go. */
function isGuests(commit: Commit, guests: Map<string, boolean>): boolean {
  const mayWrite = guests.get(agentOf(commit));
  if (commit.entry.activity.name === 'agent.message') return mayWrite === true;
  return commit.entry.activity.name === 'agent.leave' && guestOf(commit) === agentOf(commit);
}

function noteGuests(commit: Commit, guests: Map<string, boolean>): void {
  const { name, value } = commit.entry.activity;
  if (name === 'agent.invite') guests.set(guestOf(commit), (value as { mayWrite: boolean }).mayWrite);
  if (name === 'agent.leave') guests.delete(guestOf(commit));
}

/** Two owners: hands change only through the queue or by those who lead, and nobody acts on what another has. */
function checkOwners(commits: Commit[]): string[] {
  const problems: string[] = [];
  let holder: string | null = null;
  /** Whom the owner asked in, and whether they may write. */
  let guests = new Map<string, boolean>();
  for (const commit of commits) {
    const { before, after, entry } = commit;
    const isChanged = isAgents(commit) && outcomeOf(commit)?.status === 'changed';
    const isPassed = before?.owner === 'human' && after.owner === 'human' && before.agentId !== after.agentId;
    if (isPassed && !(isLeaders(commit) && after.agentId === agentOf(commit))) {
      problems.push(`two owners: ${before.agentId} and ${after.agentId}`);
    }
    if (isChanged) {
      const agent = agentOf(commit);
      if (entry.activity.name === 'agent.claim') {
        if (holder !== null) problems.push(`two owners: ${agent} got what ${holder} has`);
        holder = agent;
      } else if (isLeaders(commit)) {
        holder = entry.activity.name === 'agent.take-over' ? agent : null;
      } else if (holder !== agent && !isGuests(commit, guests))
        problems.push(`two owners: ${agent} did ${entry.activity.name}, ${holder} has it`);
    }
    if (after.agentId === null) holder = null;
    if (isChanged) noteGuests(commit, guests);
    if ((before?.epoch ?? 0) !== after.epoch) guests = new Map();
  }
  return problems;
}

/** Epochs rise by one with every change of hands, and nothing begun under an older one is shown. */
function checkEpochs(commits: Commit[]): string[] {
  return commits.flatMap(({ before, after, begunAt, committedAt, result }) => {
    const problems: string[] = [];
    const was = before?.epoch ?? 0;
    const isHandedOn = before
      ? before.owner !== after.owner || before.agentId !== after.agentId
      : after.owner !== 'bot';
    if (isHandedOn && after.epoch <= was) problems.push(`epoch: hands changed at ${was} without a new one`);
    if (after.epoch < was || result.epoch !== after.epoch) problems.push(`epoch: ${was} to ${after.epoch}`);
    if (begunAt !== committedAt) problems.push(`old epoch: begun at ${begunAt}, shown at ${committedAt}`);
    return problems;
  });
}

/** While a human has it the bot says nothing, but for the words that go with the human's own step. */
function checkSilence(commits: Commit[]): string[] {
  return commits.flatMap((commit) => {
    const { before, result, entry } = commit;
    const isBots = result.replies.some(({ from }) => from.role !== 'agent');
    if (!isBots || !before) return [];
    const isWaiting = before.owner === 'queued' && !before.isBotServing;
    // The first turn after a promise of the wait has lapsed tells of it, whatever it is about, and may offer an order.
    const isOfClock = result.replies.find(({ from }) => from.role === 'bot')?.text === 'queue-late';
    if (isWaiting && !isOfClock && entry.activity.name === 'call.result')
      return [`bot spoke: ${entry.key} to somebody who waits`];
    if (before.owner !== 'human') return [];
    // Whether somebody may write at all is looked at above.
    const isOwnStep =
      isLeaders(commit) ||
      entry.activity.name === 'agent.message' ||
      (isAgents(commit) && agentOf(commit) === before.agentId);
    return isOwnStep && outcomeOf(commit)?.status === 'changed'
      ? []
      : [`bot spoke: ${entry.key} beside a human`];
  });
}

/** Every accepted activity is committed once, in order; an agent's words are shown once, or refused. */
function checkMessages({ accepted, commits, log, inbox }: World): string[] {
  const committed = commits.map(({ entry }) => entry.key);
  const expected = accepted.map(({ key }) => key).slice(0, accepted.length - inbox.length);
  const problems = committed.join() === expected.join() ? [] : ['lost: committed is not what was accepted'];
  const shown = (text: string) => log.filter((activity) => activity.text === text).length;
  for (const commit of commits.filter(({ entry }) => entry.activity.name === 'agent.message')) {
    const wanted = outcomeOf(commit)?.status === 'changed' ? 1 : 0;
    if (shown(textOf(commit)) !== wanted)
      problems.push(`lost: an agent's words are shown ${shown(textOf(commit))} times`);
  }
  const said = accepted.filter(({ activity }) => activity.type === 'message').length;
  if (log.filter(({ from }) => from.id.startsWith('user-of-')).length !== said)
    problems.push('lost: a customer message');
  return problems;
}

/** Each change of hands is recorded as it happened, so that every human stretch has its start and its end. */
function checkStretches(world: World): string[] {
  const problems: string[] = [];
  let starts = 0;
  let ends = 0;
  for (const { before, after, result } of world.commits) {
    const records = result.records.filter(({ type }) => type === 'ownership').map(({ value }) => value);
    if ((before?.epoch ?? 0) !== after.epoch) {
      const last = records.at(-1);
      if (last?.owner !== after.owner || last.epoch !== after.epoch || last.agentId !== after.agentId) {
        problems.push(`stretch: the change to ${after.owner}@${after.epoch} is not recorded`);
      }
    }
    if (before?.owner !== 'human' && after.owner === 'human') starts += 1;
    if (before?.owner === 'human' && records.some(({ owner }) => owner !== 'human')) ends += 1;
  }
  if (world.owner()?.owner !== 'human' && starts !== ends)
    problems.push(`stretch: ${starts} starts, ${ends} ends`);
  return problems;
}

/** With no command on its way, a conversation counts for the agent who has it, and for nobody else. */
function checkCounts(world: World): string[] {
  if (world.pending.length > 0) return [];
  const noted = [...world.queue.owners.values()].map(({ agentId }) => agentId);
  const { owner, agentId } = world.owner() ?? {};
  const actual = (owner === 'human' || owner === 'wrap-up') && agentId ? [agentId] : [];
  return noted.join() === actual.join() ? [] : [`counts: for ${noted.join()}, ${actual.join()} has it`];
}

/** With no command on its way, the queue holds a conversation exactly while it waits. */
function checkQueue(world: World): string[] {
  if (world.pending.length > 0) return [];
  const item = [...world.queue.items.values()][0];
  const ownership = world.owner();
  if (ownership?.owner !== 'queued') return item ? [`queue: holds what ${ownership?.owner} has`] : [];
  return item?.epoch === ownership.epoch ? [] : [`queue: epoch ${item?.epoch}, waits at ${ownership.epoch}`];
}

/** All that is wrong with a history, as sentences; empty when it is sound. */
export const checkWorld = (world: World): string[] => [
  ...checkOwners(world.commits),
  ...checkEpochs(world.commits),
  ...checkSilence(world.commits),
  ...checkMessages(world),
  ...checkStretches(world),
  ...checkQueue(world),
  ...checkCounts(world),
  ...world.impure.map((key) => `impure: ${key} came to something else the second time`),
];
