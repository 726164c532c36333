import { useMemo, useState } from 'react';
import { type ArticleRow, articleRows, dayOf, validityOf } from '../../state/article-rows';
import { filesOf } from '../../state/bench';
import { mayEditFile } from '../../state/own-places';
import { useAdmin, useBench, useOwnPlaces } from '../context';
import { ItemList } from '../item-list';
import { usePlace } from '../use-place';
import { ArticleEditor } from './article-editor';
import { CreateArticle, type FirstWords, NO_WORDS } from './create-article';
import { Unanswered } from './unanswered';

/** What the bot answers questions with, and what it had no answer to. */
export function ArticlesPage() {
  const { words, settings } = useAdmin();
  const { articles } = words;
  const [place, go] = usePlace();
  const bench = useBench();
  const own = useOwnPlaces();
  const rows = useMemo(() => {
    const files = filesOf(bench);
    const isOwn = ({ path }: ArticleRow) => mayEditFile(path, files[path] ?? '', own);
    const all = articleRows(files).map((row) => ({ ...row, mayEdit: isOwn(row) }));
    // What may be changed stands first.
    return [...all.filter(({ mayEdit }) => mayEdit), ...all.filter(({ mayEdit }) => !mayEdit)];
  }, [bench, own]);
  const today = dayOf(Date.now());
  const [asked, setAsked] = useState<FirstWords | null>(null);
  const open = rows.find(({ id }) => id === place.open);
  const goTo = (id: string | null) => go({ open: id, step: null });
  const items = rows.map(({ id, path, article, mayEdit }) => {
    const marks = article
      ? [
          articles.validity[validityOf(article, today)],
          article.areas.join(' '),
          mayEdit ? '' : articles.readOnly,
        ].filter(Boolean)
      : [];
    return { id, path, name: article?.question[settings.locale] ?? id, tag: marks.join(' · ') || undefined };
  });
  const taken = rows.map(({ id }) => id);
  return (
    <main className={`dialogs-page${open ? '' : ' shows-list with-overview'}`}>
      <ItemList
        items={items}
        open={place.open}
        onOpen={goTo}
        words={articles}
        creating={({ isOpen, onDone }) => (
          <CreateArticle isOpen={isOpen} taken={taken} first={NO_WORDS} onDone={onDone} />
        )}
      />
      {open ? (
        <ArticleEditor key={open.id} row={open} today={today} onClose={() => goTo(null)} />
      ) : (
        <div className="intents-overview">
          <h2>{articles.choose}</h2>
          <p className="quiet">{articles.chooseHint}</p>
          <Unanswered rows={rows} onNew={setAsked} />
        </div>
      )}
      <CreateArticle
        key={asked?.zh ?? asked?.en ?? ''}
        isOpen={asked !== null}
        taken={taken}
        first={asked ?? NO_WORDS}
        onDone={(id) => {
          setAsked(null);
          if (id !== null) goTo(id);
        }}
      />
    </main>
  );
}
