import type { Conversation } from '../state/types';
import { useDesk, useSpeakTime, useTicking } from './context';

/** Emergency bulletins for the customer: the bot does not cut in on an agent, who tells of them. */
export function BulletinBar({ view }: { view: Conversation }) {
  const { words, locale } = useDesk();
  const { talk } = words;
  const speakTime = useSpeakTime();
  const now = useTicking((at) => Math.floor(at / 60_000)) * 60_000;
  const live = view.bulletins.filter(({ untilAt }) => untilAt > now);
  if (live.length === 0) return null;
  return (
    <section className="bulletins" aria-label={talk.bulletin}>
      {live.map(({ id, text, untilAt, isTold }) => (
        <p key={id}>
          <b>{talk.bulletin}</b> {(locale === 'en' ? text.en : null) ?? text.zh}{' '}
          <span className={isTold ? 'quiet' : 'warn'}>
            {isTold ? talk.bulletinTold(speakTime(untilAt)) : talk.bulletinUntold(speakTime(untilAt))}
          </span>
        </p>
      ))}
    </section>
  );
}
