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

/** What can call an agent, the most urgent first. */
const callers = ['offers', 'unread', 'invited', 'mentions', 'waiting'] as const;
type Counts = Record<(typeof callers)[number], number>;

/** What there is more of than before. */
const newestOf = (before: Counts, now: Counts) => callers.find((name) => now[name] > before[name]);

/**
 * Sound and notification for what has come in, where the agent turned them on; no words of a customer stand in them. Who
 * looks at another tab gets the notification, and sees the count in this one's title. Answers that count: conversations
 * with something unread, and those that are offered.
 */
export function useAlerts(): number {
  const { words } = useDesk();
  const { settings } = usePage();
  const unread = useDeskState(
    (state) => [...state.mine, ...state.invited].filter((row) => unreadOf(state, row) > 0).length,
  );
  const waiting = useDeskState((state) => state.queue.length);
  const offers = useDeskState((state) => state.offers.length);
  const invited = useDeskState((state) => state.invited.length);
  const mentions = useDeskState((state) => state.mentions.length);
  const before = useRef<Counts>({ unread, waiting, offers, invited, mentions });
  const { newMessage, newQueued, newOffer, newInvited, newMention, title } = words.shell;
  useEffect(() => {
    const now = { unread, waiting, offers, invited, mentions };
    const caller = newestOf(before.current, now);
    before.current = now;
    if (!caller) return;
    const said = {
      offers: newOffer,
      unread: newMessage,
      invited: newInvited,
      mentions: newMention,
      waiting: newQueued,
    };
    if (settings.hasSound) ring();
    if (settings.hasNotifications && document.visibilityState === 'hidden')
      new Notification(title, { body: said[caller], tag: `desk-${caller}` });
  }, [
    unread,
    waiting,
    offers,
    invited,
    mentions,
    settings.hasSound,
    settings.hasNotifications,
    newMessage,
    newQueued,
    newOffer,
    newInvited,
    newMention,
    title,
  ]);
  return unread + offers;
}
