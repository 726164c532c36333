import type { ChatState } from '../shared/chat-state';
import { isQueued } from '../shared/chat-state';
import type { TextName } from './texts';

interface HandoffBarProps {
  state: ChatState;
  text: (name: TextName) => string;
  /** Leaves the line, or asks for a call-back instead: what is said for it. */
  onSay: (words: string) => void;
}

/** Who is being waited for, and how many are before one; with a human, who that is. */
export function HandoffBar({ state, text, onSay }: HandoffBarProps) {
  const { handoff, position, waitMinutes } = state;
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
      <p role="status">{waitWords({ position, waitMinutes }, text)}</p>
      <button type="button" class="plain" onClick={() => onSay(text('callBack'))}>
        {text('callBack')}
      </button>
      <button type="button" class="plain" onClick={() => onSay(text('leaveWords'))}>
        {text('leaveQueue')}
      </button>
    </div>
  );
}

/** How long it takes is said only when it is known. */
function waitWords(
  { position, waitMinutes }: Pick<ChatState, 'position' | 'waitMinutes'>,
  text: HandoffBarProps['text'],
): string {
  if (position === null) return text('inQueue');
  if (position === 1) return text('nextInQueue');
  const words = text(waitMinutes === null ? 'behind' : 'behindFor').replace('{n}', String(position - 1));
  return words.replace('{minutes}', String(waitMinutes));
}
