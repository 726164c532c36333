import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useMemo, useState } from 'react';
import {
  addExamples,
  languageOf,
  removeExamples,
  setExample,
} from '../../../../content/intents/example-lines';
import { problemWords } from '../../state/problem-words';
import { Code } from '../code';
import { useAdmin } from '../context';
import { useTextFile } from '../use-text-file';
import { ExampleTable } from './example-table';
import { IntentUsages } from './intent-usages';
import { MeasurePanel } from './measure-panel';
import { PasteRows } from './paste-rows';
import { useHints } from './use-hints';
import type { IntentRow } from './use-intents';
import type { Measures } from './use-measures';

const PANELS = ['measure', 'usages', 'yaml'] as const;
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
  const { words, settings } = useAdmin();
  const { intents, dialogs } = words;
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
      <header className="editor-head">
        <Button className="phone-only" onClick={() => onOpen(null)}>
          {intents.list}
        </Button>
        <h2>{intent.name}</h2>
        <code>{intent.id}</code>
        <Button disabled={!file.canUndo} onClick={file.undo}>
          {dialogs.undo}
        </Button>
        <Button disabled={!file.canRedo} onClick={file.redo}>
          {dialogs.redo}
        </Button>
        <Button onClick={() => setIsPasting(true)}>{intents.paste}</Button>
      </header>
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
        <fieldset className="tabs" aria-label={intents.panel}>
          {PANELS.map((each) => (
            <Button
              key={each}
              size="small"
              type={each === panel ? 'primary' : 'text'}
              aria-pressed={each === panel}
              onClick={() => onPanel(each)}
            >
              {intents.panels[each]}
            </Button>
          ))}
        </fieldset>
        {panel === 'measure' ? (
          <div className="panel-body">
            <MeasurePanel intents={all} measures={measures} onOpen={onOpen} />
          </div>
        ) : panel === 'usages' ? (
          <IntentUsages intent={intent} intents={all} onOpen={onOpen} />
        ) : (
          <Code
            label="YAML"
            className="intent-yaml"
            value={file.text}
            height="100%"
            onChange={(text) => file.edit(() => text, 'yaml')}
          />
        )}
      </div>
      {file.problems.length > 0 && (
        <ul className="problems" aria-label={dialogs.allProblems}>
          {file.problems.map((problem) => (
            <li key={problem.path + problem.message} className="warn">
              <b>{dialogs.line(problem.line)}</b> {problemWords(problem, settings.locale)}
            </li>
          ))}
        </ul>
      )}
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
