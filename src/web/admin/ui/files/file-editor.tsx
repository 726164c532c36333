import { linter, lintGutter } from '@codemirror/lint';
import Button from 'antd/es/button';
import { useMemo } from 'react';
import { problemWords } from '../../state/problem-words';
import { Code } from '../code';
import { useAdmin } from '../context';
import { EditorHead } from '../frame/editor-head';
import { FileProblems } from '../frame/file-problems';
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
  const { words, settings } = useAdmin();
  const { files } = words;
  const file = useTextFile(path);
  const { text, problems, edit } = file;
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
  return (
    <div className="file-editor">
      <EditorHead
        name={path.slice(path.lastIndexOf('/') + 1)}
        id={path}
        file={file}
        list={files.list}
        onClose={onClose}
        removing={{ name: files.removeFile, hint: files.removeHint }}
      >
        <Button size="small" disabled={text === ''} onClick={() => download(path, text)}>
          {files.export}
        </Button>
      </EditorHead>
      <section className="yaml">
        <Code
          label={path}
          value={text}
          height="100%"
          extensions={extensions}
          onChange={(next) => edit(() => next, 'yaml')}
        />
      </section>
      <FileProblems problems={problems} />
    </div>
  );
}
