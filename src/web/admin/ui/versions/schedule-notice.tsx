import Button from 'antd/es/button';
import type { ContentVersion, HoldUp } from '../../../../contract/content-editing';
import { blockWords } from '../../state/block-words';
import { problemWords } from '../../state/problem-words';
import { useAdmin, useMayEverywhere } from '../context';

const PROBLEMS_SHOWN = 10;

/** What was scheduled and is not before customers, with the reason: nobody has to look for it in the list. */
export function ScheduleNotice({ list, onDone }: { list: ContentVersion[]; onDone: () => void }) {
  const { client, words, settings } = useAdmin();
  const { publish } = words;
  const mayPublish = useMayEverywhere('content.publish');
  const timeOf = (at: string) => new Date(at).toLocaleString(settings.locale === 'zh' ? 'zh-CN' : 'en-GB');
  async function note(): Promise<void> {
    if ((await client.ask('DELETE', '/admin/content/schedule')) !== null) onDone();
  }
  return list.map(({ id, number, state }) => {
    if (state.type === 'missed')
      return (
        <section key={id} role="alert" className="behind schedule-notice">
          <p>{publish.missed(number, timeOf(state.at))}</p>
          <Why why={state.why} />
          <p>{publish.missedThen}</p>
          {mayPublish && (
            <Button size="small" onClick={() => void note()}>
              {publish.noted}
            </Button>
          )}
        </section>
      );
    if (state.type !== 'scheduled' || !state.holdUp) return null;
    const { until, why } = state.holdUp;
    return (
      <section key={id} role="alert" className="behind schedule-notice">
        <p>{publish.heldUp(number, timeOf(state.at), timeOf(until))}</p>
        <Why why={why} />
      </section>
    );
  });
}

function Why({ why }: { why: HoldUp }) {
  const { words, settings } = useAdmin();
  const { publish, dialogs } = words;
  if (why.type === 'fault')
    return (
      <p>
        {publish.missedWhy} {publish.missedFault}
      </p>
    );
  const { locale } = settings;
  return (
    <>
      <p>{publish.missedWhy}</p>
      <ul className="dots">
        {why.blockers.map(({ check, message, problems }) => (
          <li key={check + message}>
            {blockWords(message, locale)}
            {problems.length > 0 && (
              <ul>
                {problems.slice(0, PROBLEMS_SHOWN).map((problem) => (
                  <li key={problem.file + problem.path + problem.message}>
                    <code>{problem.file}</code> {dialogs.line(problem.line)} · {problemWords(problem, locale)}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
