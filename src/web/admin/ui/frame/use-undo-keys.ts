import { useEffect } from 'react';
import type { TextFile } from '../use-text-file';

const TYPING = 'input, textarea, [contenteditable] *, [contenteditable]';

/** Ctrl+Z and Ctrl+Y while nothing is being typed; a field of text has its own. */
export function useUndoKeys({ undo, redo }: Pick<TextFile, 'undo' | 'redo'>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches(TYPING);
      if (isTyping || event.defaultPrevented || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) undo();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [undo, redo]);
}
