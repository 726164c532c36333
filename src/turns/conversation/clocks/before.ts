import type { Ownership } from '../../../contract/conversation';
import type { DialogState } from '../../../contract/dialog';
import { isBotAnswering, type Work } from '../work';

/** What the clocks of a conversation must know of it as the turn began. */
export interface Before {
  owner: Ownership['owner'];
  isBotAnswering: boolean;
  progress: Progress;
}

interface Progress {
  /** Where the dialogs stand: steps, and how many slots are filled. */
  place: string;
  misunderstood: number;
  /** Questions that were put in vain. */
  vain: number;
}

export const lookBefore = ({ state }: Work): Before => ({
  owner: state.ownership.owner,
  isBotAnswering: isBotAnswering(state),
  progress: progressOf(state.dialog),
});

function progressOf(dialog: DialogState | null): Progress {
  const frames = dialog?.frames ?? [];
  const isFilled = (value: unknown) => value !== null && value !== undefined;
  return {
    place: frames
      .map(({ id, step, slots }) => `${id}:${step}:${Object.values(slots).filter(isFilled).length}`)
      .join(),
    misunderstood: dialog?.misunderstood ?? 0,
    vain: frames.flatMap(({ attempts }) => Object.values(attempts)).reduce((sum, count) => sum + count, 0),
  };
}

/**
 * What a message of the customer brought: `stuck` when it was not understood, or the same question was put in vain;
 * `moved` when dialogs stand elsewhere, or know more; `neither` for an answer in between.
 */
export function judgeProgress(work: Work, { progress: before }: Before): 'stuck' | 'moved' | 'neither' {
  const after = progressOf(work.state.dialog);
  if (after.misunderstood > before.misunderstood) return 'stuck';
  if (after.place === before.place) return after.vain > before.vain ? 'stuck' : 'neither';
  return after.misunderstood === 0 ? 'moved' : 'neither';
}
