import Button from 'antd/es/button';
import { type ChangeEvent, useRef, useState } from 'react';
import type { Colleague } from '../../../../contract/desk';
import type { RosterPlan, Shift } from '../../../../contract/rosters';
import { useDesk, useMay, useSpeakTime } from '../context';
import { usePolled } from './use-polled';

const EVERY_MS = 30_000;
const LARGEST = 256 * 1024;
const SHOWN = 6;

interface Chosen {
  file: string;
  plan: RosterPlan;
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(''));
}

/** Who is on shift, and the way to import who will be. */
export function Rosters({ agents }: { agents: Colleague[] }) {
  const { client, words } = useDesk();
  const { rosters, shell } = words;
  const speakTime = useSpeakTime();
  const { found, read } = usePolled<{ shifts: Shift[] }>('/rosters/now', EVERY_MS);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const mayImport = useMay('rosters.import');
  const isThere = (accountId: string) => agents.some((agent) => agent.id === accountId && agent.isThere);

  async function preview(file: string): Promise<void> {
    const plan = await client.call<RosterPlan>('POST', '/rosters/preview', { body: { file } });
    setChosen(plan && { file, plan });
  }
  async function choose({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const [file] = target.files ?? [];
    setChosen(null);
    setFault(file && file.size > LARGEST ? rosters.tooLarge : null);
    if (file && file.size <= LARGEST) await preview(await toBase64(file));
    // The same file can be chosen again once it was mended.
    target.value = '';
  }
  async function bring({ file, plan }: Chosen): Promise<void> {
    const body = { file, digest: plan.digest };
    const answer = await client.tryCall<RosterPlan>('POST', '/rosters/import', body);
    if (answer.ok) {
      const count = plan.added.length + plan.removed.length;
      client.store.dispatch({ type: 'notice', text: 'said', detail: rosters.brought(count), isBad: false });
      setChosen(null);
      setFault(null);
      return read();
    }
    setFault(
      answer.code === 'conflict' ? rosters.changed : (shell.faults[answer.code] ?? shell.faults.failed ?? ''),
    );
    await preview(file);
  }
  return (
    <section className="rosters">
      <h2>{rosters.now}</h2>
      {found?.shifts.length === 0 && <p className="empty">{rosters.nobody}</p>}
      <ul>
        {found?.shifts.map(({ accountId, name, fromAt, toAt }) => (
          <li key={accountId + fromAt}>
            {name} <span className="quiet">{rosters.until(speakTime(toAt))}</span>{' '}
            {!isThere(accountId) && <span className="tag warn">{rosters.absent}</span>}
          </li>
        ))}
      </ul>
      {mayImport && (
        <>
          <h2>{rosters.rosters}</h2>
          <Button size="small" onClick={() => input.current?.click()}>
            {rosters.choose}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={rosters.choose}
            accept=".csv,.txt,text/csv"
            onChange={(event) => void choose(event)}
          />
          <p className="quiet">{rosters.hint}</p>
        </>
      )}
      {fault !== null && (
        <p className="warn" role="alert">
          {fault}
        </p>
      )}
      {chosen && <Plan plan={chosen.plan} onBring={() => bring(chosen)} onCancel={() => setChosen(null)} />}
    </section>
  );
}

interface PlanProps {
  plan: RosterPlan;
  onBring: () => Promise<void>;
  onCancel: () => void;
}

/** What would change, or what is to be mended first. */
function Plan({ plan, onBring, onCancel }: PlanProps) {
  const { words, locale } = useDesk();
  const { rosters } = words;
  const speakTime = useSpeakTime();
  const { added, removed, same, problems } = plan;
  if (problems.length > 0)
    return (
      <div role="alert">
        <p className="warn">{rosters.problems(problems.length)}</p>
        <ul>
          {problems.map((problem) => (
            <li key={`${problem.line}${problem.en}`}>
              {rosters.line(problem.line)} {problem[locale]}
            </li>
          ))}
        </ul>
      </div>
    );
  const changes = [
    ...added.map((shift) => ({ shift, word: rosters.add })),
    ...removed.map((shift) => ({ shift, word: rosters.remove })),
  ];
  return (
    <div>
      <p>{rosters.counts(added.length, removed.length, same)}</p>
      <ul>
        {changes.slice(0, SHOWN).map(({ shift, word }) => (
          <li key={word + shift.accountId + shift.fromAt}>
            {word} {shift.name} {speakTime(shift.fromAt)}–{speakTime(shift.toAt).split(' ').at(-1)}
          </li>
        ))}
      </ul>
      {changes.length > SHOWN && <p className="quiet">{rosters.andMore(changes.length - SHOWN)}</p>}
      <p className="acts">
        <Button size="small" type="primary" disabled={changes.length === 0} onClick={() => void onBring()}>
          {rosters.bring}
        </Button>
        <Button size="small" onClick={onCancel}>
          {rosters.cancel}
        </Button>
      </p>
    </div>
  );
}
