import type { ChatState } from '../shared/chat-state';
import { isQueued } from '../shared/chat-state';
import type { TextName } from './texts';

interface HandoffBarProps {
  state: ChatState;
  text: (name: TextName) => string;
  /** Leaves the line: what is said for it. */
  onLeave: (words: string) => void;
}

/** Who is being waited for, and how many are before one; with a human, who that is. */
export function HandoffBar({ state, text, onLeave }: HandoffBarProps) {
  const { handoff, position } = state;
  if (handoff?.owner === 'human') {
    return (
      <p class="handoff" role="status">
        {text('withAgent').replace('{agent}', handoff.agentName ?? text('agent'))}
      </p>
    );
  }
  if (!isQueued(state)) return null;
  return (
    <div class="handoff">
      <p role="status">{waitWords(position, text)}</p>
      <button type="button" class="plain" onClick={() => onLeave(text('leaveWords'))}>
        {text('leaveQueue')}
      </button>
    </div>
  );
}

function waitWords(position: number | null, text: HandoffBarProps['text']): string {
  if (position === null) return text('inQueue');
  return position === 1 ? text('nextInQueue') : text('behind').replace('{n}', String(position - 1));
}
