import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useMemo, useState } from 'react';
import { intentPath } from '../../../../content/intents/edit-intents';
import { addExamples } from '../../../../content/intents/example-lines';
import { exampleKey, readPaste } from '../../../../content/intents/paste';
import { textOf } from '../../state/bench';
import { useAdmin, useNotice } from '../context';
import type { IntentRow } from './use-intents';

interface PasteProps {
  isOpen: boolean;
  /** The intent of rows that name none. */
  open: string;
  intents: IntentRow[];
  onDone: () => void;
}

/** Cells of a spreadsheet, and what becomes of them before anything is added. */
export function PasteRows({ isOpen, open, intents: rows, onDone }: PasteProps) {
  const { client, words } = useAdmin();
  const { intents, shell } = words;
  const say = useNotice();
  const own = useId();
  const [cells, setCells] = useState('');
  const known = useMemo(
    () => new Set(rows.flatMap((intent) => intent.rows.map(({ text }) => exampleKey(text)))),
    [rows],
  );
  const found = useMemo(() => readPaste(cells, { open, intents: rows, known }), [cells, open, rows, known]);
  function add(): void {
    const { dispatch, read } = client.store;
    for (const { intent, language, texts } of found.added) {
      const path = intentPath(intent);
      const text = addExamples(textOf(read().bench, path), language, texts);
      // Both languages of one paste are taken back at once.
      dispatch({ type: 'edit', path, text, what: 'paste', at: Date.now() });
    }
    say(intents.pasted(found.count));
    setCells('');
    onDone();
  }
  return (
    <Modal open={isOpen} title={intents.paste} footer={null} width={640} onCancel={onDone}>
      <div className="stacked">
        <label htmlFor={own}>{intents.pasteHint}</label>
        <Input.TextArea
          id={own}
          rows={8}
          value={cells}
          aria-label={intents.pasteArea}
          onChange={({ target }) => setCells(target.value)}
        />
        <p role="status">
          {cells.trim() !== '' &&
            [
              intents.pasteCount(found.count),
              ...(found.repeated.length > 0 ? [intents.pasteRepeated(found.repeated.length)] : []),
            ].join(' · ')}
        </p>
        {found.unknown.length > 0 && (
          <div className="warn">
            <p>{intents.pasteUnknown(found.unknown.length)}</p>
            <ul className="dots">
              {found.unknown.slice(0, 5).map(({ text, intent }) => (
                <li key={text + intent}>
                  {text} · {intent}
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="actions">
          <Button type="primary" disabled={found.count === 0} onClick={add}>
            {intents.pasteDo(found.count)}
          </Button>
          <Button onClick={onDone}>{shell.cancel}</Button>
        </div>
      </div>
    </Modal>
  );
}
