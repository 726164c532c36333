import Button from 'antd/es/button';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ExampleRow } from '../../../../content/intents/example-lines';
import { useAdmin } from '../context';

const ROW_PX = 36;
/** Rows above and below those in sight. */
const AROUND = 8;

interface TableProps {
  rows: readonly ExampleRow[];
  onType: (text: string, row: ExampleRow) => void;
  onSet: (row: ExampleRow, text: string) => void;
  onRemove: (row: ExampleRow) => void;
}

/** Examples to be written in: only those in sight are drawn, so that ten thousand are as quick as ten. */
export function ExampleTable({ rows, onType, onSet, onRemove }: TableProps) {
  const { intents } = useAdmin().words;
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 600 });
  // What is being written in stays, however far it is scrolled away.
  const [focused, setFocused] = useState(-1);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setScroll({ top: element.scrollTop, height: element.clientHeight });
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(scroll.top / ROW_PX) - AROUND);
  const last = Math.min(rows.length, Math.ceil((scroll.top + scroll.height) / ROW_PX) + AROUND);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  if (focused >= 0 && focused < rows.length && !shown.includes(focused)) shown.push(focused);

  function move(event: KeyboardEvent, at: number): void {
    const to = at + (event.key === 'ArrowDown' ? 1 : -1);
    if (to < 0 || to >= rows.length) return;
    event.preventDefault();
    box.current?.querySelector<HTMLInputElement>(`[data-at="${to}"]`)?.focus();
  }
  return (
    <div
      ref={box}
      className="examples"
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
        setScroll({ top: scrollTop, height: clientHeight })
      }
    >
      <ol aria-label={intents.editMany} style={{ height: rows.length * ROW_PX }}>
        {shown.map((at) => {
          const row = rows[at];
          return (
            row && (
              <li
                key={`${row.language} ${row.index} ${row.text}`}
                style={{ top: at * ROW_PX }}
                aria-setsize={rows.length}
                aria-posinset={at + 1}
              >
                <Example
                  row={row}
                  at={at}
                  onFocus={(isIn) => setFocused(isIn ? at : -1)}
                  onMove={(event) => move(event, at)}
                  onType={onType}
                  onSet={onSet}
                  onRemove={onRemove}
                />
              </li>
            )
          );
        })}
      </ol>
    </div>
  );
}

interface ExampleProps extends Omit<TableProps, 'rows'> {
  row: ExampleRow;
  at: number;
  onFocus: (isIn: boolean) => void;
  onMove: (event: KeyboardEvent) => void;
}

function Example({ row, at, onFocus, onMove, onType, onSet, onRemove }: ExampleProps) {
  const { intents } = useAdmin().words;
  const [text, setText] = useState(row.text);
  function take(): void {
    const words = text.trim();
    if (words === '') setText(row.text);
    else if (words !== row.text) onSet(row, words);
  }
  return (
    <>
      <span className="quiet" aria-hidden="true">
        {intents.lang[row.language]}
      </span>
      <input
        aria-label={intents.row(at + 1)}
        data-at={at}
        value={text}
        onFocus={() => {
          onFocus(true);
          onType(text, row);
        }}
        onBlur={() => {
          onFocus(false);
          take();
        }}
        onChange={({ target }) => {
          setText(target.value);
          onType(target.value, row);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') take();
          else if (event.key === 'Escape') setText(row.text);
          else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') onMove(event);
        }}
      />
      <Button type="text" size="small" aria-label={intents.remove(row.text)} onClick={() => onRemove(row)}>
        ×
      </Button>
    </>
  );
}
