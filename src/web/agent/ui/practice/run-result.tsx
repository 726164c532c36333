import type { PracticeResult } from '../../../../contract/practice';
import { POINTS } from '../../../../sandbox/points';
import { useDesk, useDeskState } from '../context';

const PARTS = ['time', 'tone', 'facts', 'goals', 'filing'] as const;

/** How a practice went, part by part. */
export function RunResult({ result }: { result: PracticeResult }) {
  const { words, locale } = useDesk();
  const { practice, quality } = words;
  const { services } = useDeskState((state) => state.settings.dispositions);
  const named = (code: string) => {
    const [service, end] = code.split('/');
    const found = services.find(({ id }) => id === service);
    const ending = found?.results.find(({ id }) => id === end);
    return found && ending ? `${found.name[locale]} · ${ending.name[locale]}` : code;
  };
  const isRight = result.expected.includes(result.disposition);
  return (
    <section role="status">
      <h2>{practice.result(result.total)}</h2>
      <ul>
        {PARTS.map((part) => (
          <li key={part}>
            {practice.parts[part]} {practice.of(result[part], POINTS[part])}
          </li>
        ))}
      </ul>
      <p>{practice.missed(result.missedFacts, result.missedGoals)}</p>
      {!isRight && <p className="warn">{practice.right(result.expected.map(named).join(' / '))}</p>}
      <h2>{quality.findings}</h2>
      {result.findings.length === 0 && <p className="empty">{quality.noFindings}</p>}
      <ul>
        {result.findings.map(({ kind, position, seconds }) => (
          <li key={`${kind}${position}`} className="warn">
            {quality.kinds[kind]}
            {seconds !== null && ` · ${quality.seconds(seconds)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
