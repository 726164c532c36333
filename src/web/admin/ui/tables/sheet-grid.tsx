import Button from 'antd/es/button';
import { Fragment, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { isFixed } from '../../../../dialogs/tables/table-head';
import { problemWords } from '../../state/problem-words';
import type { CellRow, TableSheet } from '../../state/table-rows';
import type { TableTexts } from '../../texts/tables';
import { useAdmin } from '../context';

const ROW_PX = 38;
/** Rows above and below those in sight. */
const AROUND = 8;
const ACTS_PX = 140;
type SheetColumn = TableSheet['columns'][number];

const WIDTHS: Record<SheetColumn['type'], number> = {
  fixed: 112,
  yuan: 100,
  number: 100,
  hours: 160,
  day: 112,
  text: 160,
  zh: 160,
  en: 170,
};

const labelOf = ({ id, label }: SheetColumn, { fixed }: TableTexts): string =>
  isFixed(id) ? fixed[id] : label;

interface GridProps {
  sheet: TableSheet;
  rows: readonly CellRow[];
  places: readonly string[];
  /** Whether a row may be written in. */
  mayEdit: (row: CellRow) => boolean;
  onSet: (row: CellRow, column: number, text: string) => void;
  onRemove: (row: CellRow) => void;
  /** A row that holds from the day on which this one ends. */
  onGoOn: (row: CellRow) => void;
}

/** Cells to be written in: only the rows in sight are drawn, so that two thousand are as quick as ten. */
export function SheetGrid({ sheet, rows, places, mayEdit, onSet, onRemove, onGoOn }: GridProps) {
  const { tables } = useAdmin().words;
  const box = useRef<HTMLDivElement>(null);
  const list = useId();
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
  const inSight = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  const isKept = focused >= 0 && focused < rows.length && !inSight.includes(focused);
  const shown = isKept ? [...inSight, focused].sort((a, b) => a - b) : inSight;

  function move(at: number, column: number, event: KeyboardEvent): void {
    if (at < 0 || at >= rows.length) return;
    event.preventDefault();
    box.current?.querySelector<HTMLInputElement>(`[data-cell="${at} ${column}"]`)?.focus();
  }
  return (
    <div
      ref={box}
      className="sheet"
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
        setScroll({ top: scrollTop, height: clientHeight })
      }
    >
      <table aria-rowcount={rows.length + 1}>
        <colgroup>
          {sheet.columns.map(({ at, type }) => (
            <col key={at} style={{ width: WIDTHS[type] }} />
          ))}
          <col style={{ width: ACTS_PX }} />
        </colgroup>
        <thead>
          <tr>
            {sheet.columns.map((column) => (
              <th scope="col" key={column.at}>
                {labelOf(column, tables)} <span className="quiet">{tables.types[column.type]}</span>
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map((at, i) => {
            const row = rows[at];
            return (
              row && (
                <Fragment key={row.index}>
                  <Gap rows={at - (shown[i - 1] ?? -1) - 1} columns={sheet.columns.length + 1} />
                  <SheetRow
                    sheet={sheet}
                    row={row}
                    at={at}
                    mayEdit={mayEdit(row)}
                    list={list}
                    onFocus={(isIn) => setFocused(isIn ? at : -1)}
                    onMove={move}
                    acts={{ onSet, onRemove, onGoOn }}
                  />
                </Fragment>
              )
            );
          })}
          <Gap rows={rows.length - 1 - (shown.at(-1) ?? -1)} columns={sheet.columns.length + 1} />
        </tbody>
      </table>
      <datalist id={list}>
        {places.map((place) => (
          <option key={place} value={place} />
        ))}
      </datalist>
    </div>
  );
}

/** The room of rows that are not drawn. */
const Gap = ({ rows, columns }: { rows: number; columns: number }) =>
  rows > 0 ? (
    <tr className="gap" style={{ height: rows * ROW_PX }}>
      <td colSpan={columns} />
    </tr>
  ) : null;

interface RowProps extends Pick<CellProps, 'row' | 'mayEdit' | 'list' | 'onFocus' | 'onMove'> {
  sheet: TableSheet;
  at: number;
  acts: Pick<GridProps, 'onSet' | 'onRemove' | 'onGoOn'>;
}

function SheetRow({ sheet: { columns }, row, at, acts, ...cell }: RowProps) {
  const { tables } = useAdmin().words;
  const cellOf = (wanted: string) => row.cells[columns.findIndex(({ id }) => id === wanted)] ?? '';
  const { mayEdit } = cell;
  return (
    <tr aria-rowindex={at + 2} className={mayEdit ? undefined : 'read-only'}>
      {columns.map((column, i) => (
        <SheetCell
          key={column.at}
          {...cell}
          row={row}
          column={column}
          at={[at, i]}
          onSet={(text) => acts.onSet(row, i, text)}
        />
      ))}
      <td className="row-acts">
        {!mayEdit && <span className="quiet">{tables.readOnly}</span>}
        {mayEdit && cellOf('until') !== '' && (
          <Button size="small" type="link" onClick={() => acts.onGoOn(row)}>
            {tables.goOn}
          </Button>
        )}
        {mayEdit && (
          <Button
            size="small"
            type="text"
            aria-label={tables.removeRow(cellOf('key'), at + 1)}
            onClick={() => acts.onRemove(row)}
          >
            ×
          </Button>
        )}
      </td>
    </tr>
  );
}

interface CellProps {
  column: SheetColumn;
  row: CellRow;
  mayEdit: boolean;
  /** Where it is shown: its row and its column. */
  at: [row: number, column: number];
  list: string;
  onFocus: (isIn: boolean) => void;
  onMove: (row: number, column: number, event: KeyboardEvent) => void;
  onSet: (text: string) => void;
}

function SheetCell({ column, row, mayEdit, at, list, onFocus, onMove, onSet }: CellProps) {
  const { words, settings } = useAdmin();
  const { tables } = words;
  const [line, place] = at;
  const value = row.cells[place] ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const problem = row.problems.find(({ path }) => path === column.id);
  function take(): void {
    if (typed !== null && typed.trim() !== value) onSet(typed.trim());
    setTyped(null);
  }
  return (
    <td>
      <input
        data-cell={`${line} ${place}`}
        aria-label={tables.cell(labelOf(column, tables), line + 1)}
        aria-invalid={problem !== undefined}
        title={problem && problemWords(problem, settings.locale)}
        className={column.type === 'yuan' || column.type === 'number' ? 'number' : undefined}
        placeholder={isFixed(column.id) ? tables.placeholders[column.id] : undefined}
        list={column.id === 'place' ? list : undefined}
        value={typed ?? value}
        readOnly={!mayEdit}
        onFocus={() => onFocus(true)}
        onBlur={() => {
          onFocus(false);
          take();
        }}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') setTyped(null);
          else if (event.key === 'Enter') {
            take();
            onMove(line + 1, place, event);
          } else if (column.id !== 'place' && event.key === 'ArrowDown') onMove(line + 1, place, event);
          else if (column.id !== 'place' && event.key === 'ArrowUp') onMove(line - 1, place, event);
        }}
      />
    </td>
  );
}
