import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useEffect, useState } from 'react';
import { problemWords } from '../../state/problem-words';
import { useAdmin } from '../context';
import { TryPanel } from '../try-it/try-panel';
import type { TalkState } from '../try-it/use-talk';
import type { Place } from '../use-place';
import { Canvas } from './canvas';
import { DialogFields } from './dialog-fields';
import { SlotsPanel } from './slots-panel';
import { StepPanel } from './step-panel';
import { UsagesPanel } from './usages-panel';
import { type DialogFile, useDialogFile } from './use-file';
import { YamlView } from './yaml-view';

const VIEWS = ['canvas', 'yaml', 'both'] as const;
type View = (typeof VIEWS)[number];
const PANELS = ['step', 'slots', 'usages', 'try'] as const;
export type Panel = (typeof PANELS)[number];

interface EditorProps {
  id: string;
  step: string | null;
  go: (place: Partial<Place>) => void;
  talk: TalkState;
  panel: Panel;
  onPanel: (panel: Panel) => void;
}

/** One dialog: the flow and the YAML of the same text, and what belongs to the selected step beside them. */
export function DialogEditor({ id, step: selected, go, talk, panel, onPanel: setPanel }: EditorProps) {
  const { words } = useAdmin();
  const { dialogs } = words;
  const file = useDialogFile(id);
  const [view, setView] = useState<View>('canvas');
  const { dialog } = file;
  const step = dialog?.steps.find((each) => each.id === selected) ?? null;
  const select = (next: string | null): void => {
    if (next === selected) return;
    go({ step: next });
    if (next !== null && panel !== 'try') setPanel('step');
  };
  useUndoKeys(file);
  if (file.text === '')
    return (
      <div className="admin-empty">
        <p>{words.shell.faults['not-found']}</p>
        {file.canUndo && <Button onClick={file.undo}>{dialogs.undo}</Button>}
        <Button onClick={() => go({ open: null, step: null })}>{dialogs.list}</Button>
      </div>
    );
  return (
    <div className="dialog-editor">
      <EditorHead file={file} id={id} view={view} onView={setView} go={go} />
      <div className={`views shows-${view}`}>
        {view !== 'yaml' && dialog && (
          <Canvas key={view} file={file} dialog={dialog} selected={selected} onSelect={select} />
        )}
        {(view !== 'canvas' || !dialog) && <YamlView file={file} selected={selected} />}
      </div>
      <ProblemList file={file} onStep={select} />
      <aside className="side" aria-label={dialogs.panel}>
        <nav className="tabs" aria-label={dialogs.panel}>
          {PANELS.map((each) => (
            <Button
              key={each}
              size="small"
              type={each === panel ? 'primary' : 'default'}
              aria-pressed={each === panel}
              onClick={() => setPanel(each)}
            >
              {dialogs.panels[each]}
            </Button>
          ))}
        </nav>
        {panel === 'step' &&
          (step && dialog ? (
            <StepPanel key={step.id} file={file} dialog={dialog} step={step} onSelect={select} />
          ) : (
            dialog && <DialogFields file={file} dialog={dialog} />
          ))}
        {panel === 'slots' && dialog && <SlotsPanel file={file} dialog={dialog} />}
        {panel === 'try' && (
          <TryPanel dialog={id} state={talk} onStep={(open, at) => go({ open, step: at })} />
        )}
        {panel === 'usages' && <UsagesPanel dialog={id} onOpen={(open) => go({ open, step: null })} />}
      </aside>
    </div>
  );
}

interface HeadProps {
  file: DialogFile;
  id: string;
  view: View;
  onView: (view: View) => void;
  go: EditorProps['go'];
}

function EditorHead({ file, id, view, onView, go }: HeadProps) {
  const { words, settings, client } = useAdmin();
  const { dialogs } = words;
  const { path } = file;
  const remove = () =>
    client.store.dispatch({ type: 'edit', path, text: '', what: 'remove', at: Date.now() });
  return (
    <header className="editor-head">
      <Button className="phone-only" type="text" onClick={() => go({ open: null, step: null })}>
        ← {dialogs.list}
      </Button>
      <h2>{file.dialog?.name[settings.locale] ?? id}</h2>
      <code className="quiet">{id}</code>
      {file.isBroken && <span className="warn">{dialogs.broken}</span>}
      <span className="spring" />
      <Button size="small" disabled={!file.canUndo} title="Ctrl+Z" onClick={file.undo}>
        {dialogs.undo}
      </Button>
      <Button size="small" disabled={!file.canRedo} title="Ctrl+Y" onClick={file.redo}>
        {dialogs.redo}
      </Button>
      <nav className="tabs" aria-label={dialogs.view}>
        {VIEWS.map((each) => (
          <Button
            key={each}
            size="small"
            className={each === 'both' ? 'wide-only' : undefined}
            type={each === view ? 'primary' : 'default'}
            aria-pressed={each === view}
            onClick={() => onView(each)}
          >
            {dialogs.views[each]}
          </Button>
        ))}
      </nav>
      <Popconfirm title={dialogs.remove} description={dialogs.removeHint} onConfirm={remove}>
        <Button size="small" danger>
          {dialogs.remove}
        </Button>
      </Popconfirm>
    </header>
  );
}

/** What is wrong with the file, each with its place; a problem of a step leads to it. */
function ProblemList({ file, onStep }: { file: DialogFile; onStep: (id: string) => void }) {
  const { words, settings } = useAdmin();
  const { dialogs } = words;
  const all = [...file.problems, ...file.warnings];
  if (all.length === 0) return null;
  return (
    <section className="problems" aria-label={dialogs.allProblems}>
      <ul>
        {all.map((problem) => {
          const place = /^steps\.(\d+)\./.exec(problem.path)?.[1];
          const step = place === undefined ? undefined : file.dialog?.steps[Number(place)]?.id;
          return (
            <li
              key={`${problem.path}${problem.message}`}
              className={file.problems.includes(problem) ? 'warn' : ''}
            >
              <button type="button" disabled={!step} onClick={() => step && onStep(step)}>
                <b>{step ?? dialogs.line(problem.line)}</b> {problemWords(problem, settings.locale)}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Ctrl+Z and Ctrl+Y while nothing is being typed; the YAML has its own. */
function useUndoKeys({ undo, redo }: DialogFile): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.matches('input, textarea, [contenteditable] *, [contenteditable]');
      if (isTyping || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) undo();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [undo, redo]);
}
