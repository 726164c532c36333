import type { Activity } from '../../src/contract/activity';
import type { Command, Entry, Ownership, Timer, TurnResult } from '../../src/contract/conversation';
import { queueCommands } from '../../src/contract/handoff';
import { emptyQueue, putItem, type QueueState, removeItem } from '../../src/handoff/queue-rules';
import type { TurnFunction } from '../../src/turns/engine';
import { eventEntry } from '../../src/turns/event-entry';
import { messageEntry } from '../support/turns';

/**
 * One conversation among nodes, workers and agents, as a model: what the scripts of the store promise (an inbox, one
 * commit at a time, checked against version and epoch) with a turn function inside, and every step chosen by a seeded
 * generator. Nodes stall and come back, turns are run again, commands of the queue are carried out late and twice.
 * Agents are offered it, decline, let offers lapse, pass it on and are lost.
 */
export interface WorldRules {
  turn: TurnFunction;
  put: typeof putItem;
  remove: typeof removeItem;
  /** Whether commit looks at the head of the inbox, version and epoch, as its script does. */
  isChecked: boolean;
}

export const soundRules = (turn: TurnFunction): WorldRules => ({
  turn,
  put: putItem,
  remove: removeItem,
  isChecked: true,
});

/** What the model needs to see of a state, whichever turn wrote it. */
interface Seen {
  ownership: Ownership;
}

interface Attempt {
  entry: Entry;
  version: number;
  epoch: number;
  result: TurnResult<unknown>;
}

export interface Commit {
  entry: Entry;
  before: Ownership | null;
  after: Ownership;
  /** The epoch under which the turn was begun, and the one that it was committed under. */
  begunAt: number;
  committedAt: number;
  result: TurnResult<unknown>;
}

export interface World {
  accepted: Entry[];
  commits: Commit[];
  /** Customers' messages at accept and replies at commit, in order. */
  log: Activity[];
  inbox: Entry[];
  /** Both runs of a turn that was run twice on the same state, where they differ. */
  impure: string[];
  queue: QueueState;
  pending: Command[];
  owner: () => Ownership | null;
  step(): void;
  /** Carries out every command of the queue that is left. */
  drain(): void;
  /** Works off the inbox, and lets the agent who has the conversation end it. */
  settle(): void;
}

const CONVERSATION = 'conv';
const AGENTS = ['anna', 'ben', 'carl'];
const STEPS = [
  ...['claim', 'claim', 'message', 'message', 'transfer', 'transfer', 'release', 'close', 'finish'],
  ...['take-over', 'reassign', 'invite', 'invite', 'leave'],
];
const WORDS = ['坏了', '客厅', '人工', '人工', '算了', '谢谢', '好了', '还不行', '触电', '你好'];

export function createWorld(rules: WorldRules, random: () => number): World {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const accepted: Entry[] = [];
  const commits: Commit[] = [];
  const log: Activity[] = [];
  const inbox: { entry: Entry; position: number }[] = [];
  const impure: string[] = [];
  const timers = new Map<string, Timer>();
  const calls: Command[] = [];
  const pending: Command[] = [];
  const done: Command[] = [];
  let attempts: Attempt[] = [];
  let queue: QueueState = emptyQueue;
  /** To whom it is offered: others are refused by the desk, and nothing of theirs is sent. */
  let offered: string | null = null;
  let json = '';
  let version = 0;
  let epoch = 0;
  let now = 1_795_000_000_000;
  let serial = 0;

  const owner = () => (json === '' ? null : (JSON.parse(json) as Seen).ownership);

  function accept(entry: Entry, isLogged: boolean): void {
    // The dedupe mark: the same key is the same activity.
    if (accepted.some(({ key }) => key === entry.key)) return;
    const staffed = { ...entry, isStaffed: random() < 0.7 };
    accepted.push(staffed);
    if (isLogged) log.push(entry.activity);
    inbox.push({ entry: staffed, position: isLogged ? log.length : 0 });
  }

  const acceptEvent = (key: string, name: string, value: unknown) =>
    accept(eventEntry({ conversationId: CONVERSATION, key, name, value, at: now }), false);

  function say(): void {
    serial += 1;
    accept(messageEntry(CONVERSATION, `say:${serial}`, pick(WORDS) ?? '', now), true);
  }

  /** Mostly whoever has it. */
  const someone = (): string => (random() < 0.6 ? owner()?.agentId : null) ?? pick(AGENTS) ?? '';

  function act(agentId = someone(), name?: string): void {
    serial += 1;
    const step = name ?? pick(STEPS);
    const guest = pick(AGENTS) ?? '';
    if (step === 'claim' && offered !== null && offered !== agentId) return;
    const value = {
      agentId,
      agentName: agentId,
      text: `from ${agentId} ${serial}`,
      note: 'note',
      resumeAt: null,
      guest: { id: guest, name: guest },
      guestId: guest,
      mayWrite: random() < 0.7,
      to: pick([
        ...(step === 'reassign' ? [] : [undefined, null]),
        { agentId: pick(AGENTS) ?? '' },
        { group: 'fault' },
      ]),
    };
    acceptEvent(`agent:${serial}`, `agent.${step}`, value);
    // Whoever is asked in has something to say.
    if (step === 'invite' && random() < 0.8) act(guest, 'message');
  }

  /** One is offered it, who may claim at once, later, or not at all. */
  function offer(): void {
    if (!queue.items.has(CONVERSATION)) return;
    offered ??= pick(AGENTS) ?? null;
    if (random() < 0.8) act(offered ?? '', 'claim');
  }

  /** Declined, or nobody took it in time. */
  function lapse(): void {
    offered = null;
  }

  /** Nothing is heard of the agent whom it counts for, which may be long past. */
  function lose(): void {
    const noted = queue.owners.get(CONVERSATION);
    if (!noted) return;
    const { agentId, epoch: since } = noted;
    acceptEvent(`agent-lost:${since}`, 'agent.lost', { agentId, agentName: agentId, epoch: since });
  }

  function fire(): void {
    const timer = pick([...timers.values()]);
    if (!timer) return;
    timers.delete(timer.id);
    now = Math.max(now, timer.dueAt);
    acceptEvent(`timer:${timer.id}@${timer.dueAt}`, 'timer.due', timer.value);
  }

  function answer(): void {
    const call = calls.shift();
    if (!call) return;
    const outcome = random() < 0.8 ? { type: 'ok', value: { verdict: 'ok' } } : { type: 'error', code: 'x' };
    acceptEvent(`result:${call.id}`, 'call.result', { ...call.replyTo, operation: call.operation, outcome });
  }

  function sendAgain(): void {
    const entry = pick(accepted);
    if (entry) accept(entry, entry.activity.type === 'message');
  }

  function begin(): void {
    const head = inbox[0];
    if (!head) return;
    const { entry, position } = head;
    const result = rules.turn.run({ conversationId: CONVERSATION, state: json, entry, position });
    if (result instanceof Promise) throw new Error('the turn is synchronous');
    const twin = attempts.find((other) => other.entry === entry && other.version === version);
    if (twin && JSON.stringify(twin.result) !== JSON.stringify(result)) impure.push(entry.key);
    attempts.push({ entry, version, epoch, result });
  }

  function commit(attempt = pick(attempts)): void {
    if (!attempt) return;
    attempts = attempts.filter((other) => other !== attempt);
    const isHead = inbox[0]?.entry === attempt.entry;
    if (rules.isChecked && (!isHead || attempt.version !== version || attempt.epoch !== epoch)) return;
    const { result } = attempt;
    const before = owner();
    if (isHead) inbox.shift();
    json = JSON.stringify(result.state);
    commits.push({
      entry: attempt.entry,
      before,
      after: (result.state as Seen).ownership,
      begunAt: attempt.epoch,
      committedAt: epoch,
      result,
    });
    version += 1;
    epoch = result.epoch;
    log.push(...result.replies);
    for (const id of result.cancelTimers) timers.delete(id);
    for (const timer of result.timers) timers.set(timer.id, timer);
    for (const command of result.commands) {
      if (command.operation in queueCommands) pending.push(command);
      else if (command.replyTo) calls.push(command);
    }
  }

  function carryOut({ operation, args }: Command): void {
    if (operation === 'queue.put') queue = rules.put(queue, queueCommands['queue.put'].parse(args));
    else {
      const left = queueCommands['queue.remove'].parse(args);
      queue = rules.remove(queue, left.conversationId, left.epoch, left.agentId);
    }
    if (!queue.items.has(CONVERSATION)) offered = null;
  }

  function applyNext(): void {
    const command = pending.shift();
    if (!command) return;
    carryOut(command);
    done.push(command);
  }

  /** A worker that stalled carries out what another has long done. */
  function applyAgain(): void {
    const command = pick(done);
    if (command) carryOut(command);
  }

  /** A node dies, and what it had computed with it. */
  function crash(): void {
    const lost = pick(attempts);
    attempts = attempts.filter((attempt) => attempt !== lost);
  }

  const choices: [weight: number, act: () => void][] = [
    [5, say],
    [9, act],
    [1, fire],
    [4, offer],
    [1, lapse],
    [3, lose],
    [2, answer],
    [1, sendAgain],
    [14, begin],
    [14, () => commit()],
    [2, crash],
    [5, applyNext],
    [2, applyAgain],
  ];
  const weight = choices.reduce((sum, [each]) => sum + each, 0);

  function step(): void {
    now += Math.floor(random() * 5000);
    let at = random() * weight;
    for (const [each, choice] of choices) {
      at -= each;
      if (at < 0) return choice();
    }
  }

  function workOff(): void {
    while (inbox.length > 0) {
      begin();
      commit(attempts.at(-1));
    }
  }

  function settle(): void {
    workOff();
    const { owner: who, agentId } = owner() ?? { owner: 'bot', agentId: null };
    if (who === 'human') act(agentId ?? '', 'close');
    if (who === 'human' || who === 'wrap-up') act(agentId ?? '', 'finish');
    workOff();
  }

  return {
    accepted,
    commits,
    log,
    get inbox() {
      return inbox.map(({ entry }) => entry);
    },
    impure,
    get queue() {
      return queue;
    },
    pending,
    owner,
    step,
    drain: () => {
      while (pending.length > 0) applyNext();
    },
    settle,
  };
}
