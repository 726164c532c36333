import { useEffect, useState } from 'react';
import type { QualityRow } from '../../../../contract/quality';
import { useDesk, useSpeakTime } from '../context';

interface StretchListProps {
  tab: 'to-review' | 'appeals' | 'reviewed' | 'own';
  onOpen: (id: string) => void;
}

const KEYS: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1 };

/** Stretches to choose from, by mouse or arrows. */
export function StretchList({ tab, onOpen }: StretchListProps) {
  const { client, words } = useDesk();
  const { quality } = words;
  const [rows, setRows] = useState<QualityRow[] | null>(null);
  useEffect(() => {
    let isGone = false;
    const path = tab === 'own' ? '/agent/quality' : `/quality/items?view=${tab}`;
    void client.call<{ items: QualityRow[] }>('GET', path).then((found) => {
      if (!isGone && found) setRows(found.items);
    });
    return () => {
      isGone = true;
    };
  }, [client, tab]);
  if (!rows) return <p role="status">{quality.loading}</p>;
  if (rows.length === 0) return <p className="empty">{quality.none[tab]}</p>;
  function walk(event: React.KeyboardEvent<HTMLUListElement>): void {
    const step = KEYS[event.key];
    if (!step) return;
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  }
  return (
    <ul className="stretches" onKeyDown={walk}>
      {rows.map((row, i) => (
        <Row key={row.id} row={row} isFirst={i === 0} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function Row({ row, isFirst, onOpen }: { row: QualityRow; isFirst: boolean; onOpen: (id: string) => void }) {
  const { quality, talk } = useDesk().words;
  const speakTime = useSpeakTime();
  const minutes = Math.max(1, Math.round((row.endedAt - row.beganAt) / 60_000));
  return (
    <li>
      <button
        type="button"
        ref={(button) => {
          if (isFirst && document.activeElement === document.body) button?.focus();
        }}
        onClick={() => onOpen(row.id)}
      >
        <b>{row.agentName ?? quality.bot}</b>
        <span className="quiet">
          {speakTime(row.endedAt)} · {quality.minutes(minutes)} · {talk.channels[row.channel]}
        </span>
        <span>
          {row.sampledBecause.map((reason) => (
            <span key={reason} className="tag">
              {quality.because[reason]}
            </span>
          ))}
          {row.findings.length > 0 && (
            <span className="warn">
              {[...new Set(row.findings.map(({ kind }) => quality.kinds[kind]))].slice(0, 3).join(' · ')}
            </span>
          )}
        </span>
        <span className="outcome">
          {row.appeal === 'open' && <span className="tag warn">{quality.appeal}</span>}
          {row.result === null ? `${row.reviews}/${row.wanted}` : quality.result(row.result)}
        </span>
      </button>
    </li>
  );
}
