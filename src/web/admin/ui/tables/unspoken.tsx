import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import type { UnspokenCounts } from '../../../../contract/content-tables';
import { useAdmin } from '../context';

/** What customers were not told because it did not hold. */
export function Unspoken({ onOpen }: { onOpen: (table: string) => void }) {
  const { client, words } = useAdmin();
  const { tables } = words;
  const [counts, setCounts] = useState<UnspokenCounts['facts'] | null>(null);
  useEffect(() => {
    let isGone = false;
    void client.ask<UnspokenCounts>('GET', '/admin/content/tables/unspoken?days=30').then((found) => {
      if (found && !isGone) setCounts(found.facts);
    });
    return () => {
      isGone = true;
    };
  }, [client]);
  if (!counts) return null;
  return (
    <section className="card unanswered" aria-label={tables.unspoken}>
      <h3>{tables.unspoken}</h3>
      <p className="hint">{tables.unspokenHint}</p>
      {counts.length === 0 ? (
        <p className="quiet">{tables.noUnspoken}</p>
      ) : (
        <ul className="ending-list">
          {counts.map(({ fact, reason, count }) => (
            <li key={fact + reason}>
              <Button type="link" size="small" onClick={() => onOpen(fact.split('.')[0] ?? '')}>
                {fact}
              </Button>{' '}
              {tables.reasons[reason]} · {tables.times(count)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
