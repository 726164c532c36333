import Button from 'antd/es/button';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Difference, Outcome, Trial, TrialResult, Verdict } from '../../../../contract/content-trial';
import { blockWords } from '../../state/block-words';
import { lineProblemWords } from '../../state/line-problem-words';
import { useAdmin, useBench } from '../context';
import { hashOf } from '../use-place';

const POLL_MS = 1000;

interface TrialState {
  trial: Trial | null;
  start: () => Promise<void>;
  judge: (causes: string[], verdict: Verdict) => Promise<void>;
}

/** What came of trying the draft as it stands; asked for again while it goes on, and when the draft has changed. */
export function useTrial(): TrialState {
  const { client } = useAdmin();
  const revision = useBench().draft?.revision ?? 0;
  const [trial, setTrial] = useState<Trial | null>(null);
  /** Counts where what was asked for begins and where it has been answered: odd while an answer is awaited. */
  const acts = useRef(0);
  const ask = useCallback(
    async (method: 'GET' | 'POST', path = '', body?: unknown) => {
      if (method === 'POST') acts.current += 1;
      const before = acts.current;
      const found = await client.ask<{ trial: Trial | null }>(method, `/admin/content/trial${path}`, body);
      if (method === 'POST') acts.current += 1;
      // What was read beside the beginning of a trial may not know of it yet.
      const isStale = method === 'GET' && (before % 2 === 1 || acts.current !== before);
      if (found && !isStale) setTrial(found.trial);
    },
    [client],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision is another draft
  useEffect(() => void ask('GET'), [ask, revision]);
  const isRunning = trial?.state === 'running';
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => void ask('GET'), POLL_MS);
    return () => clearInterval(timer);
  }, [ask, isRunning]);
  const start = useCallback(async () => {
    if (!(await client.save())) return;
    await ask('POST', '', { revision: client.store.read().bench.draft?.revision ?? 0 });
  }, [client, ask]);
  const judge = useCallback(
    (causes: string[], verdict: Verdict) => ask('POST', '/verdicts', { causes, verdict }),
    [ask],
  );
  return { trial, start, judge };
}

/** The tests as the gate: what the draft does to scripted and past conversations. */
export function TrialCard({ trial, start, judge }: TrialState) {
  const { words, settings } = useAdmin();
  const { publish } = words;
  const isRunning = trial?.state === 'running';
  return (
    <section className="card" aria-label={publish.try}>
      <h3>{publish.try}</h3>
      <p className="quiet">{publish.tryHint}</p>
      {trial?.result && <Result result={trial.result} trial={trial} judge={judge} />}
      {trial && !isRunning && trial.blocks.length > 0 && (
        <div className="warn">
          <p>{publish.blocked}</p>
          <ul className="dots">
            {trial.blocks.map((block) => (
              <li key={block}>{blockWords(block, settings.locale)}</li>
            ))}
          </ul>
        </div>
      )}
      <div className="actions">
        <Button
          type={trial?.state === 'done' ? 'default' : 'primary'}
          loading={isRunning}
          onClick={() => void start()}
        >
          {isRunning ? publish.running : trial ? publish.rerun : publish.run}
        </Button>
      </div>
    </section>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

function Result({ result, trial, judge }: { result: TrialResult; trial: Trial; judge: TrialState['judge'] }) {
  const { words, settings } = useAdmin();
  const { publish, dialogs } = words;
  const { rehearsal, comparison, replayed, differences } = result;
  const causes = [...new Set(differences.map(({ cause }) => cause))];
  return (
    <>
      <ul className="dots">
        <li className={rehearsal.failed.length > 0 ? 'warn' : 'good'}>
          {publish.played(rehearsal.played, rehearsal.failed.length)}
        </li>
        <li className={comparison?.isWorse ? 'warn' : 'good'}>
          {comparison
            ? publish.accuracy(percent(comparison.before.accuracy), percent(comparison.after.accuracy))
            : publish.sameIntents}
        </li>
        <li>{publish.replayed(replayed, differences.length)}</li>
      </ul>
      {rehearsal.failed.map(({ file, name, problems }) => (
        <details key={file + name} className="option">
          <summary>
            {name} <code>{file}</code>
          </summary>
          <p>
            <a href={hashOf({ page: 'files', open: `dialogs/conversations/${file}`, step: null })}>
              {publish.toScript}
            </a>
          </p>
          <ul className="dots">
            {problems.map(({ line, said, problem }) => {
              const wrong = lineProblemWords(problem, settings.locale);
              return (
                <li key={line + wrong}>
                  {dialogs.line(line)} “{said}” · {wrong}
                </li>
              );
            })}
          </ul>
        </details>
      ))}
      {comparison && comparison.confused.length > 0 && (
        <ul className="dots">
          {comparison.confused.slice(0, 10).map(({ intent, as, before, after }) => (
            <li key={`${intent} ${as}`}>{publish.confused(intent, as, before, after)}</li>
          ))}
        </ul>
      )}
      {causes.map((cause) => (
        <Cause
          key={cause}
          cause={cause}
          verdict={trial.verdicts[cause]}
          differences={differences.filter((each) => each.cause === cause)}
          judge={judge}
        />
      ))}
    </>
  );
}

interface CauseProps {
  cause: string;
  verdict: Verdict | undefined;
  differences: Difference[];
  judge: TrialState['judge'];
}

/** Differences that come from the same are looked at together, and accepted or refused at once. */
function Cause({ cause, verdict, differences, judge }: CauseProps) {
  const { publish } = useAdmin().words;
  return (
    <details className="option" open={verdict === undefined}>
      <summary>
        {publish.cause(cause, differences.length)}{' '}
        {verdict && <span className="tag strong">{publish.verdicts[verdict]}</span>}
      </summary>
      {differences.slice(0, 3).map(({ conversation, line, said, before, after }) => (
        <div key={conversation + line} className="side-by-side">
          <p>“{said}”</p>
          <OneOutcome name={publish.before} outcome={before} />
          <OneOutcome name={publish.after} outcome={after} />
        </div>
      ))}
      <div className="actions">
        <Button size="small" onClick={() => void judge([cause], 'accepted')}>
          {publish.accept}
        </Button>
        <Button size="small" onClick={() => void judge([cause], 'refused')}>
          {publish.refuse}
        </Button>
      </div>
    </details>
  );
}

function OneOutcome({ name, outcome }: { name: string; outcome: Outcome }) {
  const { intent, step, replies, handoff } = outcome;
  return (
    <div>
      <p className="label">
        {name} · {[intent, step, handoff].filter(Boolean).join(' · ')}
      </p>
      {replies.map((reply) => (
        <p key={reply} className="bubble">
          {reply}
        </p>
      ))}
    </div>
  );
}
