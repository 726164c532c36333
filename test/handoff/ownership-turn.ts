import type { Activity } from '../../src/contract/activity';
import type { Ownership, TurnResult } from '../../src/contract/conversation';
import { STATE_SCHEMA } from '../../src/contract/conversation';
import { type AgentEventName, type AgentOutcome, agentEvents } from '../../src/contract/handoff';
import { botOwnership, type OwnershipStep, takeOwnershipStep } from '../../src/handoff/ownership';
import type { TurnFunction, TurnInput } from '../../src/turns/engine';

/** The least turn that ownership can live in: an echo as the bot, `人工` for a human, `算了` to withdraw. */
export function createOwnershipTurn(takeStep: typeof takeOwnershipStep = takeOwnershipStep): TurnFunction {
  return { run: (input) => runTurn(input, takeStep), fail: (input) => runTurn(input, takeStep) };
}

const stepNames = {
  claim: 'claim',
  transfer: 'transfer',
  release: 'release',
  close: 'close',
  finish: 'finish',
  'take-over': 'take-over',
  reassign: 'reassign',
};

function stepOf({ entry }: TurnInput): OwnershipStep | null {
  const { activity } = entry;
  if (activity.name?.startsWith('agent.')) {
    const type = stepNames[activity.name.slice(6) as keyof typeof stepNames];
    if (activity.name === 'agent.lost')
      return { type: 'lose', reason: 'lost', note: '', ...agentEvents['agent.lost'].parse(activity.value) };
    const value = agentEvents[activity.name as AgentEventName].parse(activity.value);
    const to = 'to' in value ? value.to : null;
    const { agentId } = value;
    // The five steps of agents differ in what they carry besides, which the model leaves empty.
    return type ? ({ type, agentId, reason: 'note', resumeAt: null, to } as OwnershipStep) : null;
  }
  if (activity.name === 'timer.due')
    return { type: 'queue', reason: 'late', priority: 'high', resumeAt: null };
  if (activity.text === '人工') return { type: 'queue', reason: 'asked', priority: 'normal', resumeAt: null };
  return activity.text === '算了' ? { type: 'withdraw' } : null;
}

function wordsOf(
  { entry }: TurnInput,
  before: Ownership,
): { replies: Activity[]; outcome: AgentOutcome | null } {
  const { activity } = entry;
  if (activity.name === 'agent.message') {
    const { agentId, text } = agentEvents['agent.message'].parse(activity.value);
    const isTheirs = before.owner === 'human' && before.agentId === agentId;
    const from = { id: agentId, role: 'agent' as const };
    return isTheirs
      ? {
          replies: [{ type: 'message', text, from }],
          outcome: { status: 'changed', reason: null, epoch: before.epoch },
        }
      : { replies: [], outcome: { status: 'refused', reason: 'not-yours', epoch: before.epoch } };
  }
  const isHeard = activity.type === 'message' && before.isBotServing;
  const reply: Activity = { type: 'message', text: `re: ${activity.text}`, from: { id: 'bot', role: 'bot' } };
  return { replies: isHeard ? [reply] : [], outcome: null };
}

function runTurn(input: TurnInput, takeStep: typeof takeOwnershipStep): TurnResult<unknown> {
  const { entry, conversationId } = input;
  const before: Ownership = input.state === '' ? botOwnership(entry.at) : JSON.parse(input.state).ownership;
  const { replies, outcome } = wordsOf(input, before);
  const step = stepOf(input);
  const isDue = entry.activity.name !== 'timer.due' || before.owner === 'queued';
  const taken = step && isDue ? takeStep(before, step, entry.at) : null;
  const ownership = taken?.status === 'changed' ? taken.ownership : before;
  const { owner, epoch, priority, since } = ownership;
  const group = ownership.line?.group ?? 'general';
  const shown = { priority, since, channel: 'web' as const, dialog: null, lastText: '', group };
  const args =
    owner === 'queued'
      ? { ...shown, conversationId, epoch, reason: ownership.reason ?? '' }
      : { conversationId, epoch, agentId: ownership.agentId };
  const feeds = taken?.status === 'changed';
  return {
    state: { schema: STATE_SCHEMA, ownership },
    epoch,
    replies,
    commands: feeds
      ? [
          {
            schema: STATE_SCHEMA,
            id: `${entry.turnId}:queue:1`,
            conversationId,
            channel: 'web',
            operation: owner === 'queued' ? 'queue.put' : 'queue.remove',
            args,
            at: entry.at,
            asker: { userId: 'u', phone: null, accounts: [] },
            timeoutMs: null,
            replyTo: null,
          },
        ]
      : [],
    timers:
      owner === 'queued' && before.owner !== 'queued'
        ? [{ id: `wait:${since}`, dueAt: since + 120_000, value: {} }]
        : [],
    cancelTimers: [],
    records:
      taken?.status === 'changed'
        ? [
            {
              type: 'ownership',
              at: entry.at,
              value: { ...shown, owner, epoch, agentId: ownership.agentId, reason: ownership.reason },
            },
          ]
        : [],
    result: outcome ?? {
      status: taken?.status ?? 'unchanged',
      reason: taken?.status === 'refused' ? taken.reason : null,
      epoch,
    },
  };
}
