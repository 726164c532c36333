import Button from 'antd/es/button';
import { problemWords } from '../../state/problem-words';
import { tableIdOf } from '../../state/table-rows';
import { useAdmin, useBench } from '../context';

/** What has run out or will soon, as the server says of the draft. */
export function Ending({ onOpen }: { onOpen: (table: string) => void }) {
  const { words, settings } = useAdmin();
  const { tables } = words;
  const { draft } = useBench();
  const found = (draft?.warnings ?? []).flatMap((warning) => {
    const table = tableIdOf(warning.file);
    return table !== null && warning.path === 'until' ? [{ ...warning, table }] : [];
  });
  return (
    <section className="card unanswered" aria-label={tables.ending}>
      <h3>{tables.ending}</h3>
      <p className="hint">{tables.endingHint}</p>
      {found.length === 0 ? (
        <p className="quiet">{tables.noEnding}</p>
      ) : (
        <ul className="ending-list">
          {found.map((warning) => (
            <li key={`${warning.table} ${warning.message}`}>
              <Button type="link" size="small" onClick={() => onOpen(warning.table)}>
                {warning.table}
              </Button>{' '}
              <span>{problemWords(warning, settings.locale)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
