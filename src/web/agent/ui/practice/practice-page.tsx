import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import type { PracticeCard, PracticeRun } from '../../../../contract/practice';
import { newUuid } from '../../../staff/new-uuid';
import { useDesk, useMay, useSpeakTime } from '../context';
import { OverPage } from '../over-page';
import { usePage } from '../page';
import { OneRun } from './one-run';

/** Practice with simulated customers, apart from everything real. */
export function PracticePage() {
  const page = usePage();
  return page.overlay === 'practice' ? <OpenPractice /> : null;
}

interface Practices {
  scenarios: PracticeCard[];
  runs: PracticeRun[];
}

function OpenPractice() {
  const { client, words, locale } = useDesk();
  const { practice } = words;
  const { show } = usePage();
  const [found, setFound] = useState<Practices | null>(null);
  const [run, setRun] = useState<PracticeRun | null>(null);
  const read = useCallback(async () => {
    const answer = await client.call<Practices>('GET', '/practice');
    if (answer) setFound(answer);
  }, [client]);
  useEffect(() => void read(), [read]);
  const leave = useCallback(() => {
    if (run === null) return show(null);
    setRun(null);
    void read();
  }, [run, show, read]);
  async function begin(scenario: string): Promise<void> {
    const body = { id: newUuid(), scenario, locale };
    const answer = await client.call<{ run: PracticeRun }>('POST', '/practice', { body });
    if (answer) setRun(answer.run);
  }
  const card = found?.scenarios.find(({ id }) => id === run?.scenario);
  return (
    <OverPage
      title={practice.practice}
      beside={<span className="quiet">{practice.hint}</span>}
      onBack={leave}
    >
      {found === null ? (
        <p role="status">{practice.loading}</p>
      ) : run ? (
        <OneRun run={run} card={card} onRun={setRun} onBack={leave} />
      ) : (
        <div className="hand-over">
          <section>
            <p className="acts">
              {found.scenarios.map(({ id, name, minutes }) => (
                <Button key={id} onClick={() => void begin(id)}>
                  {practice.begin(name[locale])} <span className="quiet">{practice.minutes(minutes)}</span>
                </Button>
              ))}
            </p>
          </section>
          <Runs title={practice.past} runs={found.runs} scenarios={found.scenarios} onOpen={setRun} />
          <Others scenarios={found.scenarios} />
        </div>
      )}
    </OverPage>
  );
}

interface RunsProps {
  title: string;
  runs: PracticeRun[];
  scenarios: PracticeCard[];
  onOpen?: (run: PracticeRun) => void;
}

function Runs({ title, runs, scenarios, onOpen }: RunsProps) {
  const { words, locale } = useDesk();
  const { practice } = words;
  const speakTime = useSpeakTime();
  const named = (id: string) => scenarios.find((each) => each.id === id)?.name[locale] ?? id;
  return (
    <section>
      <h2>{title}</h2>
      {runs.length === 0 && <p className="empty">{practice.none}</p>}
      <ul>
        {runs.map((run) => {
          const told = `${named(run.scenario)} · ${run.result ? practice.result(run.result.total) : practice.open}`;
          return (
            <li key={run.id}>
              {onOpen ? (
                <button type="button" className="link-like" onClick={() => onOpen(run)}>
                  {told}
                </button>
              ) : (
                `${run.accountName} · ${told}`
              )}{' '}
              <span className="quiet">{speakTime(run.beganAt)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** For who reads quality: how the others do. */
function Others({ scenarios }: { scenarios: PracticeCard[] }) {
  const { client, words } = useDesk();
  const readsAll = useMay('quality.read');
  const [runs, setRuns] = useState<PracticeRun[]>([]);
  useEffect(() => {
    if (!readsAll) return;
    void client.call<{ runs: PracticeRun[] }>('GET', '/practice/results').then((found) => {
      if (found) setRuns(found.runs);
    });
  }, [client, readsAll]);
  return readsAll ? <Runs title={words.practice.others} runs={runs} scenarios={scenarios} /> : null;
}
