import type { AgentEvent, AgentOutcome } from '../../contract/handoff';
import type { OwnershipStep } from '../../handoff/ownership';
import { changeOwner } from './change-owner';
import { endSession, resume } from './converse';
import { relayAgent, speakPattern, type Work } from './work';

function stepOf(event: Exclude<AgentEvent, { name: 'agent.message' }>): OwnershipStep {
  const { agentId } = event.value;
  switch (event.name) {
    case 'agent.claim':
      return { type: 'claim', agentId };
    case 'agent.transfer':
      return { type: 'transfer', agentId, reason: event.value.note };
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
    const isTheirs = ownership.owner === 'human' && ownership.agentId === event.value.agentId;
    if (!isTheirs) return { status: 'refused', reason: 'not-yours', epoch };
    relayAgent(work, event.value, event.value.text);
    return { status: 'changed', reason: null, epoch };
  }
  // What the turn says comes before the change of hands.
  const taken = changeOwner(work, stepOf(event));
  if (taken.status === 'refused') return { status: 'refused', reason: taken.reason, epoch };
  if (taken.status === 'unchanged') return { status: 'unchanged', reason: null, epoch };
  follow(work, event);
  return { status: 'changed', reason: null, epoch: taken.ownership.epoch };
}

/** What the customer hears of it, and how the bot goes on. */
function follow(work: Work, event: Exclude<AgentEvent, { name: 'agent.message' }>): void {
  switch (event.name) {
    case 'agent.claim':
      return speakPattern(work, 'agent-joined', { agent: event.value.agentName });
    case 'agent.transfer':
      return speakPattern(work, 'transferred');
    case 'agent.release': {
      speakPattern(work, 'agent-left');
      // Without a step of the agent's it goes on where the frame stands: results that came meanwhile moved it.
      return resume(work, event.value.resumeAt);
    }
    case 'agent.close': {
      speakPattern(work, 'agent-closed');
      if (work.state.dialog) work.state.dialog.frames = [];
      work.state.heldResults = [];
      return endSession(work, 'closed-by-agent');
    }
    case 'agent.finish':
      return;
  }
}
