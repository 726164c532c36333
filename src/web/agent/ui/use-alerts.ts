import { useEffect, useRef } from 'react';
import { unreadOf } from '../state/desk-state';
import { useDesk, useDeskState } from './context';
import { usePage } from './page';

/** Two short tones, made here: nothing is loaded for them. */
function ring(): void {
  const audio = new AudioContext();
  const gain = audio.createGain();
  gain.gain.value = 0.08;
  gain.connect(audio.destination);
  for (const [i, frequency] of [880, 1175].entries()) {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(audio.currentTime + i * 0.14);
    tone.stop(audio.currentTime + i * 0.14 + 0.11);
    if (i === 1) tone.onended = () => void audio.close();
  }
}

/**
 * Sound and notification for what has come in, where the agent turned them on; no words of a customer stand in them.
 * Answers how many conversations have something unread.
 */
export function useAlerts(): number {
  const { words } = useDesk();
  const { settings } = usePage();
  const unread = useDeskState((state) => state.mine.filter((row) => unreadOf(state, row) > 0).length);
  const waiting = useDeskState((state) => state.queue.length);
  const before = useRef({ unread, waiting });
  const { newMessage, newQueued, title } = words.shell;
  useEffect(() => {
    const said =
      unread > before.current.unread ? newMessage : waiting > before.current.waiting ? newQueued : null;
    before.current = { unread, waiting };
    if (said === null) return;
    if (settings.hasSound) ring();
    if (settings.hasNotifications && document.visibilityState === 'hidden')
      new Notification(title, { body: said, tag: 'desk' });
  }, [unread, waiting, settings.hasSound, settings.hasNotifications, newMessage, newQueued, title]);
  return unread;
}
