import { useEffect, useState } from 'react';
import type { Agreement, QualityCase, QualityResults, QualityWeek } from '../../../../contract/quality';
import { useDesk } from '../context';

const rounded = (value: number | null, digits = 1): string => (value === null ? '—' : value.toFixed(digits));

/** What came out by week and agent, and how much those who judge differ. */
export function ResultsView() {
  const { client, words } = useDesk();
  const { quality } = words;
  const [results, setResults] = useState<QualityResults | null>(null);
  useEffect(() => {
    void client.call<QualityResults>('GET', '/quality/results').then((found) => {
      if (found) setResults(found);
    });
  }, [client]);
  if (!results) return <p role="status">{quality.loading}</p>;
  return (
    <div className="results">
      <Weeks weeks={results.weeks} />
      <AgreementPart agreement={results.agreement} />
    </div>
  );
}

function Weeks({ weeks }: { weeks: QualityWeek[] }) {
  const { quality } = useDesk().words;
  const most = ({ findings }: QualityWeek) =>
    Object.entries(findings)
      .sort(([, a], [, b]) => b - a)
      .slice(0, 2)
      .map(([kind, count]) => `${quality.kinds[kind]} ${count}`)
      .join(' · ');
  const heads = [
    'week',
    'agent',
    'stretches',
    'withFindings',
    'reviewed',
    'mean',
    'zeros',
    'reply',
    'top',
  ] as const;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a mouse
    <section tabIndex={0} aria-label={quality.views.results}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {quality[head]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.week + (week.agentId ?? '')}>
              <td>{week.week}</td>
              <th scope="row">{week.agentName ?? quality.bot}</th>
              <td>{week.stretches}</td>
              <td>{week.withFindings}</td>
              <td>{week.reviewed}</td>
              <td>{rounded(week.mean)}</td>
              <td className={week.zeros > 0 ? 'warn' : ''}>{week.zeros}</td>
              <td>{week.firstReplySeconds ?? '—'}</td>
              <td>{most(week)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function AgreementPart({ agreement }: { agreement: Agreement }) {
  const { client, words, locale } = useDesk();
  const { quality } = words;
  const [form, setForm] = useState<QualityCase['form'] | null>(null);
  useEffect(() => {
    void client.call<QualityCase['form']>('GET', '/quality/sheet').then((found) => {
      if (found) setForm(found);
    });
  }, [client]);
  const { pairs, zeroAgreement, total, dimensions } = agreement;
  if (pairs === 0)
    return (
      <section>
        <h2>{quality.agreement}</h2>
        <p className="empty">{quality.noPairs}</p>
      </section>
    );
  const named = (id: string) => form?.sheet.find((each) => each.id === id)?.name[locale] ?? id;
  return (
    <section>
      <h2>{quality.agreement}</h2>
      <p>
        {quality.pairs(pairs)} · {quality.zeroSame(Math.round((zeroAgreement ?? 0) * 100))}
      </p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{quality.difference}</th>
            <th scope="col">{quality.alpha}</th>
          </tr>
        </thead>
        <tbody>
          {[{ id: '', ...total }, ...dimensions].map(({ id, difference, alpha }) => (
            <tr key={id}>
              <th scope="row">{id === '' ? quality.wholeSheet : named(id)}</th>
              <td>{rounded(difference)}</td>
              <td>{rounded(alpha, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{quality.alphaHint}</p>
    </section>
  );
}
