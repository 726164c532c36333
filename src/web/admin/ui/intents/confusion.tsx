import { useState } from 'react';
import type { MeasuredIntents, TakenFor } from '../../../../contract/content-intents';
import { useAdmin } from '../context';

const ROWS = 10;

/** The intents that are most often taken for each other, in the order of how often. */
function worstOf(pairs: readonly TakenFor[]): { rows: string[]; columns: string[] } {
  const sums = (key: 'intent' | 'as') => {
    const counts = new Map<string, number>();
    for (const pair of pairs) counts.set(pair[key], (counts.get(pair[key]) ?? 0) + pair.count);
    return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  };
  const rows = sums('intent').slice(0, ROWS);
  const columns = sums('as').filter((id) =>
    pairs.some(({ intent, as }) => as === id && rows.includes(intent)),
  );
  return { rows, columns: columns.slice(0, ROWS) };
}

/** Rows: what is right; columns: what it is taken for. */
export function Confusion({
  measured,
  nameOf,
}: {
  measured: MeasuredIntents;
  nameOf: (id: string) => string;
}) {
  const { intents } = useAdmin().words;
  const [chosen, setChosen] = useState<TakenFor | null>(null);
  const { rows, columns } = worstOf(measured.takenFor);
  const most = measured.takenFor[0]?.count ?? 1;
  return (
    <>
      <h4>{intents.confusion}</h4>
      <p className="hint">{intents.confusionHint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables are scrolled with the keyboard too. */}
      <section className="confusion" tabIndex={0} aria-label={intents.confusion}>
        <table>
          <thead>
            <tr>
              <th scope="col">{intents.should}</th>
              {columns.map((as) => (
                <th key={as} scope="col">
                  {nameOf(as)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((intent) => (
              <tr key={intent}>
                <th scope="row">{nameOf(intent)}</th>
                {columns.map((as) => {
                  const pair = measured.takenFor.find((each) => each.intent === intent && each.as === as);
                  return (
                    <td key={as}>
                      {pair && (
                        <button
                          type="button"
                          className={pair.count > most / 2 ? 'much' : ''}
                          aria-label={`${nameOf(intent)} → ${nameOf(as)}: ${pair.count}`}
                          onClick={() => setChosen(pair)}
                        >
                          {pair.count}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {chosen && (
        <div role="status">
          <p>{intents.takenFor(nameOf(chosen.intent), nameOf(chosen.as), chosen.count)}</p>
          <ul className="dots">
            {chosen.texts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
