import type { QualityCase } from '../../../../contract/quality';
import { useDesk, useDeskState, useSpeakTime } from '../context';
import { lineId } from './words';

function goTo(position: number): void {
  const line = document.getElementById(lineId(position));
  line?.scrollIntoView({ block: 'center' });
  line?.focus();
}

/** What is known of a stretch beside its words. */
export function Facts({ shown: { item, tasks, orders } }: { shown: QualityCase }) {
  const { words, locale } = useDesk();
  const { quality } = words;
  const speakTime = useSpeakTime();
  const { services } = useDeskState((state) => state.settings.dispositions);
  const [service, result] = (item.disposition ?? '').split('/');
  const filed = services.find(({ id }) => id === service);
  const named = filed?.results.find(({ id }) => id === result);
  const { firstReplyMs, longestSilenceMs, customerLines, ownLines } = item.measures;
  const seconds = (ms: number | null) => (ms === null ? '—' : quality.seconds(Math.round(ms / 1000)));
  return (
    <section>
      <h2>
        {item.agentName ?? quality.bot} · {speakTime(item.beganAt)}
      </h2>
      <p>
        {quality.firstReply} {seconds(firstReplyMs)} · {quality.longest} {seconds(longestSilenceMs)} ·{' '}
        {quality.lines(customerLines, ownLines)}
      </p>
      <p>
        {item.rating === null ? quality.notRated : quality.rating(item.rating)}
        {item.kind === 'human' &&
          ` · ${filed && named ? `${quality.filed} ${filed.name[locale]} / ${named.name[locale]}` : quality.notFiled}`}
      </p>
      <h2>{quality.findings}</h2>
      {item.findings.length === 0 && <p className="empty">{quality.noFindings}</p>}
      <ul>
        {item.findings.map(({ kind, position, seconds: took }) => (
          <li key={`${kind}${position}`}>
            {position === null ? (
              quality.kinds[kind]
            ) : (
              <button type="button" className="link-like" onClick={() => goTo(position)}>
                {quality.kinds[kind]}
              </button>
            )}
            {took !== null && <span className="quiet"> {quality.seconds(took)}</span>}
          </li>
        ))}
      </ul>
      {tasks.length > 0 && <h2>{quality.tasks}</h2>}
      <ul>
        {tasks.map(({ text, dueAt, doneAt }) => (
          <li key={`${dueAt}${text}`}>
            {text}{' '}
            <span className="quiet">
              {speakTime(dueAt)}
              {doneAt !== null && ` · ${doneAt > dueAt ? quality.late : quality.done}`}
            </span>
          </li>
        ))}
      </ul>
      {orders.length > 0 && (
        <p>
          {quality.orders} {orders.map(({ number }) => number).join('、')}
        </p>
      )}
    </section>
  );
}
