import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useState } from 'react';
import { type ArticleRow, validityOf } from '../../state/article-rows';
import { problemWords } from '../../state/problem-words';
import { Code } from '../code';
import { useAdmin } from '../context';
import { type TextFile, useTextFile } from '../use-text-file';
import { ArticleForm } from './article-form';
import { ArticlePreview } from './article-preview';

const PANELS = ['preview', 'yaml'] as const;

interface EditorProps {
  row: ArticleRow;
  /** The day at the operator's, such as 2026-11-29. */
  today: string;
  onClose: () => void;
}

/** One article: what is asked and answered on the left; how it looks to customers, and its file, on the right. */
export function ArticleEditor({ row, today, onClose }: EditorProps) {
  const { articles } = useAdmin().words;
  const file = useTextFile(row.path);
  const [panel, setPanel] = useState<(typeof PANELS)[number]>('preview');
  const { article } = row;
  const shown = article ? panel : 'yaml';
  return (
    <div className="dialog-editor article-editor">
      <ArticleHead row={row} file={file} onClose={onClose} />
      <div className="views">
        <section className="panel-body">
          <Validity row={row} today={today} />
          {article ? (
            <ArticleForm row={row} article={article} file={file} />
          ) : (
            <p className="warn">{articles.broken}</p>
          )}
        </section>
      </div>
      <ArticleProblems row={row} file={file} />
      <aside className="side" aria-label={articles.panel}>
        <nav className="tabs" aria-label={articles.panel}>
          {PANELS.map((each) => (
            <Button
              key={each}
              size="small"
              type={each === shown ? 'primary' : 'default'}
              aria-pressed={each === shown}
              disabled={!article && each === 'preview'}
              onClick={() => setPanel(each)}
            >
              {articles.panels[each]}
            </Button>
          ))}
        </nav>
        {shown === 'preview' ? (
          <ArticlePreview text={file.text} />
        ) : (
          <div className="intent-yaml">
            <Code
              label={row.path}
              value={file.text}
              height="100%"
              onChange={(text) => file.edit(() => text, 'file')}
            />
          </div>
        )}
      </aside>
    </div>
  );
}

function Validity({ row: { article }, today }: Pick<EditorProps, 'row' | 'today'>) {
  const { articles } = useAdmin().words;
  if (!article) return null;
  const validity = validityOf(article, today);
  if (validity === 'expired') return <p className="warn">{articles.expiredTold(article.until ?? '')}</p>;
  if (validity === 'later') return <p className="behind">{articles.laterTold(article.from ?? '')}</p>;
  return null;
}

function ArticleHead({ row, file, onClose }: { row: ArticleRow; file: TextFile; onClose: () => void }) {
  const { client, words, settings } = useAdmin();
  const { articles, dialogs } = words;
  const { path } = row;
  const remove = () => {
    client.store.dispatch({ type: 'edit', path, text: '', what: 'remove', at: Date.now() });
    onClose();
  };
  return (
    <header className="editor-head">
      <Button className="phone-only" type="text" onClick={onClose}>
        ← {articles.list}
      </Button>
      <h2>{row.article?.question[settings.locale] ?? row.id}</h2>
      <code className="quiet">{row.id}</code>
      <span className="spring" />
      <Button size="small" disabled={!file.canUndo} onClick={file.undo}>
        {dialogs.undo}
      </Button>
      <Button size="small" disabled={!file.canRedo} onClick={file.redo}>
        {dialogs.redo}
      </Button>
      <Popconfirm title={articles.remove} description={articles.removeHint} onConfirm={remove}>
        <Button size="small" danger>
          {articles.remove}
        </Button>
      </Popconfirm>
    </header>
  );
}

/** What is wrong, by itself and beside the other files. */
function ArticleProblems({ row, file }: { row: ArticleRow; file: TextFile }) {
  const { words, settings } = useAdmin();
  const all = row.problems.length > 0 ? row.problems : file.problems;
  if (all.length === 0) return null;
  return (
    <section className="problems" aria-label={words.dialogs.allProblems}>
      <ul>
        {all.map((problem) => (
          <li key={problem.path + problem.message} className="warn">
            <b>{words.dialogs.line(problem.line)}</b> {problemWords(problem, settings.locale)}
          </li>
        ))}
      </ul>
    </section>
  );
}
