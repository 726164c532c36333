import type { Ownership } from '../../contract/conversation';
import { type AgentEvent, type AgentOutcome, DECLINED } from '../../contract/handoff';
import type { OwnershipStep } from '../../handoff/ownership';
import { changeOwner, handOver, keepServing } from './change-owner';
import { endSession, offerOrder, resume, withdrawCalls } from './converse';
import { introduceGuest, invite, leave, mayWrite } from './handoff/guests';
import { serveInstead } from './handoff/serve-instead';
import { isStaffedFor } from './handoff/staffing';
import { leaveStopped } from './versions/change-version';
import { addRecord, note, relayAgent, speakPattern, type Work } from './work';

/** A step that changes who has the conversation, and nothing else. */
type Handing = Exclude<
  AgentEvent,
  { name: 'agent.message' | 'agent.recall' | 'agent.decline' | 'agent.invite' | 'agent.leave' }
>;

type AgentClose = Extract<AgentEvent, { name: 'agent.close' }>['value'];

function stepOf(event: Handing): OwnershipStep {
  const { agentId } = event.value;
  switch (event.name) {
    case 'agent.claim':
      return { type: 'claim', agentId };
    case 'agent.take-over':
      return { type: 'take-over', agentId };
    case 'agent.reassign':
      return { type: 'reassign', agentId, reason: event.value.note, to: event.value.to };
    case 'agent.transfer':
      return { type: 'transfer', agentId, reason: event.value.note, to: event.value.to ?? null };
    case 'agent.lost': {
      const { agentName, epoch, because } = event.value;
      const isShiftOver = because === 'shift-over';
      return {
        type: 'lose',
        agentId,
        epoch,
        reason: isShiftOver ? 'shift-over' : 'agent-lost',
        note: `${agentName}: ${isShiftOver ? '下班未交接 / shift over' : '断线 / connection lost'}`,
      };
    }
    case 'agent.release':
      return { type: 'release', agentId, resumeAt: event.value.resumeAt };
    case 'agent.close':
      return { type: 'close', agentId };
    case 'agent.finish':
      return { type: 'finish', agentId };
  }
}

/** An agent's step or words; the conversation decides, and answers with its outcome. */
export function onAgent(work: Work, event: AgentEvent): AgentOutcome {
  const { ownership } = work.state;
  const { epoch } = ownership;
  if (event.name === 'agent.message') {
    if (!mayWrite(work.state, event.value.agentId)) return { status: 'refused', reason: 'not-yours', epoch };
    introduceGuest(work, event.value);
    relayAgent(work, event.value, event.value);
    return { status: 'changed', reason: null, epoch };
  }
  if (event.name === 'agent.recall') {
    const { agentId, position } = event.value;
    if (!mayWrite(work.state, agentId)) return { status: 'refused', reason: 'not-yours', epoch };
    work.state.recalled = [...new Set([...(work.state.recalled ?? []), position])];
    note(work, 'message.recalled', { id: `${work.state.conversationId}|${position}` });
    return { status: 'changed', reason: null, epoch };
  }
  if (event.name === 'agent.invite') return invite(work, event.value);
  if (event.name === 'agent.leave') return leave(work, event.value);
  if (event.name === 'agent.decline') return decline(work);
  // What the turn says comes before the change of hands.
  const before = ownership.owner;
  const taken = changeOwner(work, stepOf(event));
  if (taken.status === 'refused') return { status: 'refused', reason: taken.reason, epoch };
  if (taken.status === 'unchanged') return { status: 'unchanged', reason: null, epoch };
  follow(work, event, before);
  return { status: 'changed', reason: null, epoch: taken.ownership.epoch };
}

/** What the customer hears of it, and how the bot goes on. */
function follow(work: Work, event: Handing, before: Ownership['owner']): void {
  switch (event.name) {
    case 'agent.claim':
    case 'agent.take-over':
      return speakPattern(work, 'agent-joined', { agent: event.value.agentName });
    case 'agent.reassign':
      // Who waits anyway hears nothing of which line it is.
      return before === 'human' ? speakPattern(work, 'transferred') : undefined;
    case 'agent.transfer':
      return speakPattern(work, 'transferred');
    case 'agent.lost':
      return onLost(work, event.value.because === 'shift-over' ? 'shift-over' : 'agent-lost');
    case 'agent.release': {
      speakPattern(work, 'agent-left');
      // Without a step of the agent's it goes on where the frame stands: results that came meanwhile moved it.
      return leaveStopped(work) ? undefined : resume(work, event.value.resumeAt);
    }
    case 'agent.close': {
      speakPattern(work, 'agent-closed');
      fileSession(work, event.value);
      withdrawCalls(work);
      if (work.state.dialog) work.state.dialog.frames = [];
      work.state.heldResults = [];
      return endSession(work, 'closed-by-agent');
    }
    case 'agent.finish':
      return;
  }
}

/** The customer hears it; with nobody there the bot serves, and offers an order or a call-back. */
function onLost(work: Work, pattern: 'agent-lost' | 'shift-over'): void {
  const { priority, line } = work.state.ownership;
  const isDanger = priority === 'danger';
  const isStaffed = isStaffedFor(work, line?.group ?? '', isDanger);
  speakPattern(work, pattern, { isStaffed });
  if (isStaffed) return;
  keepServing(work);
  if (!isDanger) serveInstead(work, line?.group ?? '', (isAsked) => offerOrder(work, isAsked));
}

/** What a colleague, or a report, is to know of how it ended. */
function fileSession(work: Work, { agentId, disposition: code, note }: AgentClose): void {
  const { session, dialog } = work.state;
  if (code === null && note === '') return;
  const about = dialog?.frames[0]?.dialog ?? null;
  addRecord(work, 'disposition', { sessionId: session?.id ?? null, agentId, code, note, dialog: about });
}

/** Nobody outside has time: the conversation waits for our own desk, as one that has just begun to wait. */
function decline(work: Work): AgentOutcome {
  const { owner, epoch, priority, resumeAt } = work.state.ownership;
  if (owner !== 'queued') return { status: 'refused', reason: 'not-queued', epoch };
  changeOwner(work, { type: 'withdraw' });
  handOver(work, { reason: DECLINED, priority, resumeAt }, (isAsked) => offerOrder(work, isAsked));
  return { status: 'changed', reason: null, epoch: work.state.ownership.epoch };
}
