import Button from 'antd/es/button';
import type { MeasuredIntents } from '../../../../contract/content-intents';
import { useAdmin } from '../context';
import { Confusion } from './confusion';
import { Threshold } from './threshold';
import type { IntentRow } from './use-intents';
import type { Measures } from './use-measures';

interface PanelProps {
  intents: IntentRow[];
  measures: Measures;
  onOpen: (id: string) => void;
}

const WORST = 8;
const percentOf = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** What the intents of the draft are worth, beside those that customers have now. */
export function MeasurePanel({ intents: rows, measures, onOpen }: PanelProps) {
  const { intents } = useAdmin().words;
  const { state, found, isStale, begin } = measures;
  const nameOf = (id: string) => rows.find((row) => row.id === id)?.name ?? id;
  return (
    <section className="measures" aria-label={intents.measure}>
      <h3>{intents.measure}</h3>
      <p className="hint">{intents.measureHint}</p>
      <Button type="primary" loading={state === 'running'} disabled={state === 'running'} onClick={begin}>
        {state === 'running' ? intents.measuring : found ? intents.again : intents.begin}
      </Button>
      <div role="status">
        {!found && state === 'none' && <p className="quiet">{intents.nothing}</p>}
        {found && isStale && <p className="warn">{intents.stale}</p>}
        {found && (
          <p>
            <b>{intents.accuracy(percentOf(found.draft.accuracy))}</b>
            {found.current && ` · ${intents.before(percentOf(found.current.accuracy))}`}
            <br />
            <span className="quiet">{intents.ofMessages(found.draft.messages, found.draft.strangers)}</span>
          </p>
        )}
      </div>
      {found && (
        <>
          <Threshold measured={found.draft} />
          <Worst measured={found.draft} nameOf={nameOf} onOpen={onOpen} />
          <Confusion measured={found.draft} nameOf={nameOf} />
        </>
      )}
    </section>
  );
}

interface WorstProps {
  measured: MeasuredIntents;
  nameOf: (id: string) => string;
  onOpen: (id: string) => void;
}

function Worst({ measured, nameOf, onOpen }: WorstProps) {
  const { intents } = useAdmin().words;
  return (
    <>
      <h4>{intents.worst}</h4>
      <ul className="usages">
        {measured.intents.slice(0, WORST).map(({ intent, right, messages }) => (
          <li key={intent}>
            <button type="button" onClick={() => onOpen(intent)}>
              <b>{nameOf(intent)}</b> {intents.rightOf(right, messages)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
