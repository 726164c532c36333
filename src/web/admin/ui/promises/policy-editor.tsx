import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useState } from 'react';
import type { PolicyRow } from '../../state/policy-rows';
import { problemWords } from '../../state/problem-words';
import { Code } from '../code';
import { useAdmin } from '../context';
import { useTextFile } from '../use-text-file';
import { ForetellCard } from './foretell-card';
import { PolicyForm } from './policy-form';

const PANELS = ['foretell', 'yaml'] as const;

/** One promise: its form; what it makes of something, and its YAML, on the right. */
export function PolicyEditor({ row, onClose }: { row: PolicyRow; onClose: () => void }) {
  const { client, words, settings } = useAdmin();
  const { promises, dialogs } = words;
  const file = useTextFile(row.path);
  const [panel, setPanel] = useState<(typeof PANELS)[number]>('foretell');
  const shown = row.policy ? panel : 'yaml';
  const problems = row.problems.length > 0 ? row.problems : file.problems;
  const remove = () => {
    client.store.dispatch({ type: 'edit', path: row.path, text: '', what: 'remove', at: Date.now() });
    onClose();
  };
  return (
    <div className="dialog-editor article-editor">
      <header className="editor-head">
        <Button className="phone-only" type="text" onClick={onClose}>
          ← {promises.list}
        </Button>
        <h2>{row.policy?.name[settings.locale] ?? row.id}</h2>
        <code className="quiet">{row.id}</code>
        <span className="spring" />
        <Button size="small" disabled={!file.canUndo} onClick={file.undo}>
          {dialogs.undo}
        </Button>
        <Button size="small" disabled={!file.canRedo} onClick={file.redo}>
          {dialogs.redo}
        </Button>
        <Popconfirm title={promises.remove} description={promises.removeHint} onConfirm={remove}>
          <Button size="small" danger>
            {promises.remove}
          </Button>
        </Popconfirm>
      </header>
      <div className="views">
        <section className="panel-body">
          {row.policy ? (
            <PolicyForm policy={row.policy} file={file} />
          ) : (
            <p className="warn">{promises.broken}</p>
          )}
        </section>
      </div>
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
      <aside className="side" aria-label={promises.panel}>
        <nav className="tabs" aria-label={promises.panel}>
          {PANELS.map((each) => (
            <Button
              key={each}
              size="small"
              type={each === shown ? 'primary' : 'default'}
              aria-pressed={each === shown}
              onClick={() => setPanel(each)}
            >
              {promises.panels[each]}
            </Button>
          ))}
        </nav>
        {shown === 'foretell' ? (
          <div className="panel-body">
            <ForetellCard />
          </div>
        ) : (
          <div className="intent-yaml">
            <Code
              label={row.path}
              value={file.text}
              height="100%"
              onChange={(text) => file.edit(() => text, 'yaml')}
            />
          </div>
        )}
      </aside>
    </div>
  );
}
