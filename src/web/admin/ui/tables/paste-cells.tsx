import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useMemo, useState } from 'react';
import { parseCsv } from '../../../../dialogs/tables/csv';
import { mergeRows, readPastedRows } from '../../../../dialogs/tables/edit-table';
import { isFixed } from '../../../../dialogs/tables/table-head';
import type { TableSheet } from '../../state/table-rows';
import { useAdmin, useNotice } from '../context';
import type { TextFile } from '../use-text-file';

interface PasteProps {
  isOpen: boolean;
  sheet: TableSheet;
  file: TextFile;
  /** Places whose rows may be put in; null for all. */
  own: ReadonlySet<string> | null;
  onDone: () => void;
}

/** Cells of a spreadsheet, and what becomes of them before anything is put in. */
export function PasteCells({ isOpen, sheet, file, own: ownNames, onDone }: PasteProps) {
  const { words } = useAdmin();
  const { tables, shell } = words;
  const say = useNotice();
  const own = useId();
  const [cells, setCells] = useState('');
  const { columns, width, at } = sheet;
  const read = useMemo(() => {
    const names = Array.from({ length: width }, (_, i): string[] => {
      const column = columns.find((each) => each.at === i);
      if (!column) return [];
      const id = column.type === 'fixed' ? column.id : `${column.id}:${column.type}`;
      const own = isFixed(column.id) ? [tables.fixed[column.id]] : [];
      return [column.label, id, `${column.label} ${id}`, ...own];
    });
    return readPastedRows(cells, names);
  }, [cells, columns, width, tables]);
  const rows = read.rows.filter((row) => ownNames === null || ownNames.has(row[at.place] ?? ''));
  const pasted = { ...read, rows };
  const elsewhere = read.rows.length - rows.length;
  // A row is the same one when its key, place and first day are.
  const same = [at.key, at.place, at.from].filter((column) => column >= 0);
  const before = parseCsv(file.text).records.length;
  const merged = mergeRows(file.text, pasted, same);
  const added = parseCsv(merged).records.length - before;
  const replaced = pasted.rows.length - added;
  function put(): void {
    if (!file.edit((text) => mergeRows(text, pasted, same), 'paste')) return;
    say(tables.pasted(pasted.rows.length));
    setCells('');
    onDone();
  }
  return (
    <Modal open={isOpen} title={tables.paste} footer={null} width={640} onCancel={onDone}>
      <div className="stacked">
        <label htmlFor={own}>{tables.pasteHint}</label>
        <Input.TextArea
          id={own}
          rows={8}
          value={cells}
          aria-label={tables.pasteArea}
          onChange={({ target }) => setCells(target.value)}
        />
        <p role="status">{pasted.rows.length > 0 && tables.pasteCount(added, replaced)}</p>
        {elsewhere > 0 && <p className="warn">{tables.pasteElsewhere(elsewhere)}</p>}
        {pasted.unknown.length > 0 && (
          <p className="warn">{tables.pasteUnknown(pasted.unknown.join('、'))}</p>
        )}
        <div className="actions">
          <Button type="primary" disabled={pasted.rows.length === 0} onClick={put}>
            {tables.pasteDo}
          </Button>
          <Button onClick={onDone}>{shell.cancel}</Button>
        </div>
      </div>
    </Modal>
  );
}
