import { linter, lintGutter } from '@codemirror/lint';
import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useMemo } from 'react';
import { problemWords } from '../../state/problem-words';
import { Code } from '../code';
import { useAdmin } from '../context';
import { useTextFile } from '../use-text-file';

/** Saves a text on the disk of whoever looks at it, byte by byte. */
function download(path: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = path.slice(path.lastIndexOf('/') + 1);
  link.click();
  URL.revokeObjectURL(url);
}

/** A file of the draft as it is written, with what is wrong at its place. */
export function FileEditor({ path, onClose }: { path: string; onClose: () => void }) {
  const { client, words, settings } = useAdmin();
  const { files, dialogs } = words;
  const { text, problems, edit, undo, redo, canUndo, canRedo } = useTextFile(path);
  const extensions = useMemo(
    () => [
      lintGutter(),
      linter(
        (view) =>
          problems.map((problem) => {
            const line = view.state.doc.line(Math.min(Math.max(problem.line, 1), view.state.doc.lines));
            return {
              from: line.from,
              to: line.to,
              severity: 'error' as const,
              message: problemWords(problem, settings.locale),
            };
          }),
        { delay: 0 },
      ),
    ],
    [problems, settings.locale],
  );
  const remove = () =>
    client.store.dispatch({ type: 'edit', path, text: '', what: 'remove', at: Date.now() });
  return (
    <div className="file-editor">
      <header className="editor-head">
        <Button className="phone-only" type="text" onClick={onClose}>
          ← {files.list}
        </Button>
        <h2>{path.slice(path.lastIndexOf('/') + 1)}</h2>
        <code className="quiet">{path}</code>
        <span className="spring" />
        <Button size="small" disabled={!canUndo} onClick={undo}>
          {dialogs.undo}
        </Button>
        <Button size="small" disabled={!canRedo} onClick={redo}>
          {dialogs.redo}
        </Button>
        <Button size="small" disabled={text === ''} onClick={() => download(path, text)}>
          {files.export}
        </Button>
        <Popconfirm title={files.removeFile} description={files.removeHint} onConfirm={remove}>
          <Button size="small" danger disabled={text === ''}>
            {files.removeFile}
          </Button>
        </Popconfirm>
      </header>
      <section className="yaml">
        <Code
          label={path}
          value={text}
          height="100%"
          extensions={extensions}
          onChange={(next) => edit(() => next, 'yaml')}
        />
      </section>
      {problems.length > 0 && (
        <section className="problems" aria-label={dialogs.allProblems}>
          <ul>
            {problems.map((problem) => (
              <li key={problem.path + problem.message} className="warn">
                <b>{dialogs.line(problem.line)}</b> {problemWords(problem, settings.locale)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
