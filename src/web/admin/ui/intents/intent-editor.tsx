import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useMemo, useState } from 'react';
import {
  addExamples,
  languageOf,
  removeExamples,
  setExample,
} from '../../../../content/intents/example-lines';
import { useAdmin } from '../context';
import { EditorHead } from '../frame/editor-head';
import { FileProblems } from '../frame/file-problems';
import { FileText } from '../frame/file-text';
import { Tabs } from '../frame/tabs';
import { useTextFile } from '../use-text-file';
import { ExampleTable } from './example-table';
import { IntentUsages } from './intent-usages';
import { MeasurePanel } from './measure-panel';
import { PasteRows } from './paste-rows';
import { useHints } from './use-hints';
import type { IntentRow } from './use-intents';
import type { Measures } from './use-measures';
import { Variants } from './variants';

const PANELS = ['measure', 'variants', 'usages', 'yaml'] as const;
export type IntentPanel = (typeof PANELS)[number];

interface EditorProps {
  intent: IntentRow;
  intents: IntentRow[];
  measures: Measures;
  panel: IntentPanel;
  onPanel: (panel: IntentPanel) => void;
  onOpen: (id: string | null) => void;
}

/** The examples of one intent, and beside them what they are worth and where the intent is used. */
export function IntentEditor({ intent, intents: all, measures, panel, onPanel, onOpen }: EditorProps) {
  const { intents } = useAdmin().words;
  const file = useTextFile(intent.path);
  const [sought, setSought] = useState('');
  const [isPasting, setIsPasting] = useState(false);
  const shown = useMemo(
    () => intent.rows.filter(({ text }) => text.toLowerCase().includes(sought.trim().toLowerCase())),
    [intent.rows, sought],
  );
  const { hints, look } = useHints(intent.id);
  const nameOf = (id: string) => all.find((each) => each.id === id)?.name ?? id;
  return (
    <section
      className="dialog-editor"
      aria-label={intent.name}
      onKeyDown={(event) => {
        const isTyping = (event.target as HTMLElement).closest('.cm-editor, .new-example');
        if (!(event.ctrlKey || event.metaKey) || isTyping) return;
        const turn = { z: event.shiftKey ? file.redo : file.undo, y: file.redo }[event.key.toLowerCase()];
        if (!turn) return;
        event.preventDefault();
        turn();
      }}
    >
      <EditorHead
        name={intent.name}
        id={intent.id}
        file={file}
        list={intents.list}
        onClose={() => onOpen(null)}
      >
        <Button size="small" onClick={() => setIsPasting(true)}>
          {intents.paste}
        </Button>
      </EditorHead>
      <div className="views intent-views">
        <div className="examples-head">
          <AddExample
            onType={look}
            onAdd={(text) => file.edit((now) => addExamples(now, languageOf(text), [text]), `add ${text}`)}
          />
          <div className="example-hints" role="status">
            {hints.map(({ type, text, intent: of }) => (
              <p key={of + text} className={type === 'conflicts' ? 'warn' : 'hint'}>
                {intents.hint[type](text, nameOf(of))}
              </p>
            ))}
          </div>
          <div className="find-example">
            <Input
              value={sought}
              placeholder={intents.findExample}
              aria-label={intents.findExample}
              allowClear
              onChange={({ target }) => setSought(target.value)}
            />
            <span className="quiet">{intents.shown(shown.length, intent.rows.length)}</span>
          </div>
        </div>
        <ExampleTable
          rows={shown}
          onType={(text, row) => look(text, row.text)}
          onSet={(row, text) => file.edit((now) => setExample(now, row, text), `set ${row.text}`)}
          onRemove={(row) => file.edit((now) => removeExamples(now, [row]), `remove ${row.text}`)}
        />
      </div>
      <div className="side">
        <Tabs label={intents.panel} all={PANELS} names={intents.panels} shown={panel} onShow={onPanel} />
        {panel === 'measure' ? (
          <div className="panel-body">
            <MeasurePanel intents={all} measures={measures} onOpen={onOpen} />
          </div>
        ) : panel === 'variants' ? (
          <div className="panel-body">
            <Variants
              key={intent.id}
              intent={intent.id}
              nameOf={nameOf}
              onAdd={(text) => file.edit((now) => addExamples(now, languageOf(text), [text]), `add ${text}`)}
            />
            <MeasurePanel intents={all} measures={measures} onOpen={onOpen} />
          </div>
        ) : panel === 'usages' ? (
          <IntentUsages intent={intent} intents={all} onOpen={onOpen} />
        ) : (
          <FileText file={file} />
        )}
      </div>
      <FileProblems problems={file.problems} />
      <PasteRows isOpen={isPasting} open={intent.id} intents={all} onDone={() => setIsPasting(false)} />
    </section>
  );
}

function AddExample({ onType, onAdd }: { onType: (text: string) => void; onAdd: (text: string) => void }) {
  const { intents } = useAdmin().words;
  const [text, setText] = useState('');
  return (
    <form
      className="new-example"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        onAdd(text.trim());
        setText('');
      }}
    >
      <Input
        value={text}
        maxLength={400}
        placeholder={intents.newExample}
        aria-label={intents.newExample}
        onChange={({ target }) => {
          setText(target.value);
          onType(target.value);
        }}
      />
      <Button type="primary" htmlType="submit" disabled={text.trim() === ''}>
        {intents.add}
      </Button>
    </form>
  );
}
