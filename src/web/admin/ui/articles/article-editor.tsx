import { useState } from 'react';
import { type ArticleRow, validityOf } from '../../state/article-rows';
import { useAdmin } from '../context';
import { EditorHead } from '../frame/editor-head';
import { FileProblems } from '../frame/file-problems';
import { FileText } from '../frame/file-text';
import { Tabs } from '../frame/tabs';
import { useTextFile } from '../use-text-file';
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
  const { words, settings } = useAdmin();
  const { articles } = words;
  const file = useTextFile(row.path);
  const [panel, setPanel] = useState<(typeof PANELS)[number]>('preview');
  const { article } = row;
  const shown = article ? panel : 'yaml';
  return (
    <div className="dialog-editor article-editor">
      <EditorHead
        name={article?.question[settings.locale] ?? row.id}
        id={row.id}
        file={file}
        list={articles.list}
        onClose={onClose}
        {...(file.mayEdit
          ? { removing: { name: articles.remove, hint: articles.removeHint, onRemoved: onClose } }
          : {})}
      />
      <div className="views">
        <section className="panel-body">
          <Validity row={row} today={today} />
          {!file.mayEdit ? (
            <p className="quiet">{articles.elsewhere}</p>
          ) : article ? (
            <ArticleForm row={row} article={article} file={file} />
          ) : (
            <p className="warn">{articles.broken}</p>
          )}
        </section>
      </div>
      <FileProblems problems={row.problems.length > 0 ? row.problems : file.problems} />
      <aside className="side" aria-label={articles.panel}>
        <Tabs
          label={articles.panel}
          all={PANELS}
          names={articles.panels}
          shown={shown}
          off={article ? [] : ['preview']}
          onShow={setPanel}
        />
        {shown === 'preview' ? <ArticlePreview text={file.text} /> : <FileText file={file} />}
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
