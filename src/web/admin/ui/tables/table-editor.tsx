import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useId, useMemo, useState } from 'react';
import { addRows, removeRow, setCell } from '../../../../dialogs/tables/edit-table';
import { daysAfter } from '../../../../dialogs/tables/fact-endings';
import { filesOf } from '../../state/bench';
import {
  type CellRow,
  placeNamesOf,
  type RowFilter,
  readTable,
  rowsShown,
  servedIn,
  type TableSheet,
} from '../../state/table-rows';
import { useAdmin, useBench, useOwnPlaces } from '../context';
import { EditorHead } from '../frame/editor-head';
import { FileProblems } from '../frame/file-problems';
import { FileText } from '../frame/file-text';
import { type TextFile, useTextFile } from '../use-text-file';
import { PasteCells } from './paste-cells';
import { SheetGrid } from './sheet-grid';

interface EditorProps {
  id: string;
  path: string;
  onClose: () => void;
}

const EVERY = '';

/** One table: its rows in a sheet, looked for by place, day and word. */
export function TableEditor({ id, path, onClose }: EditorProps) {
  const { words } = useAdmin();
  const { tables } = words;
  const file = useTextFile(path);
  const own = useOwnPlaces();
  const bench = useBench();
  const areas = filesOf(bench)['intents/entities/areas.yaml'] ?? '';
  const places = useMemo(() => placeNamesOf(servedIn({ 'intents/entities/areas.yaml': areas })), [areas]);
  const found = useMemo(() => readTable(path, file.text, places), [path, file.text, places]);
  const [filter, setFilter] = useState<RowFilter>({ place: EVERY, day: '', sought: '' });
  const { sheet } = found;
  const ended = (bench.draft?.warnings ?? []).filter((each) => each.file === path && each.path === 'until');
  return (
    <div className="table-editor">
      <EditorHead
        name={id}
        id={path}
        file={file}
        list={tables.list}
        onClose={onClose}
        mark={sheet && <span className="quiet">{tables.rows(sheet.rows.length)}</span>}
        {...(own === null
          ? { removing: { name: tables.remove, hint: tables.removeHint, onRemoved: onClose } }
          : {})}
      />
      {sheet ? (
        <Sheet sheet={sheet} file={file} places={places} own={own} filter={filter} onFilter={setFilter} />
      ) : (
        <div className="table-broken">
          <p className="warn">{tables.broken}</p>
          <FileText file={file} />
        </div>
      )}
      <FileProblems
        problems={found.problems.length > 0 ? found.problems : file.problems}
        warnings={[...found.warnings, ...ended]}
      />
    </div>
  );
}

interface SheetProps {
  sheet: TableSheet;
  file: TextFile;
  places: string[];
  /** Places whose rows may be changed; null for all. */
  own: ReadonlySet<string> | null;
  filter: RowFilter;
  onFilter: (filter: RowFilter) => void;
}

function Sheet({ sheet, file, places, own: ownNames, filter, onFilter }: SheetProps) {
  const { tables } = useAdmin().words;
  const own = useId();
  const [isPasting, setIsPasting] = useState(false);
  const shown = rowsShown(sheet, filter);
  const written = [...new Set(sheet.rows.map((row) => cellAt(sheet, row, 'place')).filter(Boolean))];
  const options = [
    { value: EVERY, label: tables.allPlaces },
    { value: null, label: tables.everywhere },
    ...[...new Set([...places, ...written])].map((place) => ({ value: place, label: place })),
  ];
  const mayWrite = (place: string) => ownNames === null || ownNames.has(place);
  const writable = places.filter(mayWrite);
  const add = (cells: string[], what: string) => file.edit((text) => addRows(text, [cells]), what);
  function addRow(): void {
    const keys = new Set(sheet.rows.map((row) => cellAt(sheet, row, 'key')));
    const free = Array.from({ length: sheet.rows.length + 1 }, (_, i) => `new-${i + 1}`);
    const key = free.find((each) => !keys.has(each)) ?? 'new';
    const place = mayWrite(filter.place ?? '') ? (filter.place ?? '') : (writable[0] ?? '');
    add(cellsWith(sheet, { key, place, from: filter.day }), 'add row');
  }
  return (
    <>
      <div className="table-tools">
        <Input
          allowClear
          value={filter.sought}
          aria-label={tables.search}
          placeholder={tables.search}
          onChange={({ target }) => onFilter({ ...filter, sought: target.value })}
        />
        <Select
          aria-label={tables.place}
          value={filter.place}
          options={options}
          onChange={(place: string | null) => onFilter({ ...filter, place })}
        />
        <label htmlFor={own}>{tables.day}</label>
        <Input
          id={own}
          type="date"
          value={filter.day}
          onChange={({ target }) => onFilter({ ...filter, day: target.value })}
        />
        <span className="spring" />
        {file.mayEdit && (
          <>
            <Button onClick={addRow}>{tables.addRow}</Button>
            <Button onClick={() => setIsPasting(true)}>{tables.paste}</Button>
          </>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="quiet empty">{sheet.rows.length === 0 ? tables.empty : tables.noRows}</p>
      ) : (
        <SheetGrid
          sheet={sheet}
          rows={shown}
          places={writable}
          mayEdit={(row) => mayWrite(cellAt(sheet, row, 'place')) && file.mayEdit}
          onSet={(row, column, text) =>
            file.edit(
              (now) => setCell(now, row.index, sheet.columns[column]?.at ?? 0, text),
              `cell ${row.index} ${column}`,
            )
          }
          onRemove={(row) => file.edit((now) => removeRow(now, row.index), `remove ${row.index}`)}
          onGoOn={(row) =>
            add(
              cellsWith(sheet, {
                ...asRecord(sheet, row),
                from: dayAfter(cellAt(sheet, row, 'until')),
                until: '',
              }),
              'go on',
            )
          }
        />
      )}
      <PasteCells
        isOpen={isPasting}
        sheet={sheet}
        file={file}
        own={ownNames}
        onDone={() => setIsPasting(false)}
      />
    </>
  );
}

const cellAt = ({ columns }: TableSheet, { cells }: CellRow, id: string): string =>
  cells[columns.findIndex((column) => column.id === id)] ?? '';

const columnKey = ({ id, type }: TableSheet['columns'][number]): string =>
  type === 'fixed' ? id : `${id}:${type}`;

const asRecord = ({ columns }: TableSheet, { cells }: CellRow): Record<string, string> =>
  Object.fromEntries(columns.map((column, i) => [columnKey(column), cells[i] ?? '']));

/** The cells of a row as its file has them. */
function cellsWith({ columns, width }: TableSheet, values: Record<string, string>): string[] {
  const cells = Array.from({ length: width }, () => '');
  for (const column of columns) cells[column.at] = values[columnKey(column)] ?? '';
  return cells;
}

/** The day after one that may be written as spreadsheets do; empty for what is none. */
function dayAfter(text: string): string {
  const day = text.replaceAll('/', '-');
  return Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? '' : daysAfter(day, 1);
}
