import Button from 'antd/es/button';
import Select from 'antd/es/select';
import { useEffect, useState } from 'react';
import { addVariants } from '../../../../dialogs/knowledge/edit-article';
import type { ArticleRow } from '../../state/article-rows';
import { textOf } from '../../state/bench';
import { useAdmin, useMay, useNotice } from '../context';
import type { FirstWords } from './create-article';

interface Asked {
  text: string;
  locale: string;
  count: number;
}

interface UnansweredProps {
  rows: (ArticleRow & { mayEdit: boolean })[];
  onNew: (words: FirstWords) => void;
}

/** Questions that nobody had an answer to; each becomes a way of asking, or an article of its own. */
export function Unanswered({ rows, onNew }: UnansweredProps) {
  const { articles } = useAdmin().words;
  const mayRead = useMay('unanswered.read');
  const [asked, setAsked] = useState<Asked[]>([]);
  const { client } = useAdmin();
  useEffect(() => {
    if (!mayRead) return;
    let isGone = false;
    void client.ask<{ questions: Asked[] }>('GET', '/admin/unanswered?days=30&limit=200').then((found) => {
      if (found && !isGone) setAsked(found.questions);
    });
    return () => {
      isGone = true;
    };
  }, [client, mayRead]);
  // What was taken into an article is no longer open on this page.
  const known = new Set(
    rows.flatMap(({ article }) => (article ? [...article.variants.zh, ...article.variants.en] : [])),
  );
  const open = asked.filter(({ text }) => !known.has(text));
  return (
    <section className="card unanswered" aria-label={articles.unanswered}>
      <h3>{articles.unanswered}</h3>
      {!mayRead ? (
        <p className="quiet">{articles.mayNotSeeUnanswered}</p>
      ) : open.length === 0 ? (
        <p className="quiet">{articles.noneUnanswered}</p>
      ) : (
        <>
          <p className="hint">{articles.unansweredHint}</p>
          <ul>
            {open.map((each) => (
              <OneAsked key={each.locale + each.text} asked={each} rows={rows} onNew={onNew} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function OneAsked({ asked, rows, onNew }: { asked: Asked } & UnansweredProps) {
  const { client, words, settings } = useAdmin();
  const { articles, dialogs } = words;
  const say = useNotice();
  const [isOpen, setIsOpen] = useState(false);
  const [to, setTo] = useState<string | null>(null);
  const { text, count } = asked;
  const language = asked.locale === 'en' ? 'en' : 'zh';
  function put(): void {
    const row = rows.find(({ id }) => id === to);
    if (!row?.article) return;
    const { dispatch, read } = client.store;
    try {
      const changed = addVariants(textOf(read().bench, row.path), row.article, language, [text]);
      dispatch({ type: 'edit', path: row.path, text: changed, what: `ask ${text}`, at: Date.now() });
      say(articles.added(row.article.question[settings.locale]));
    } catch {
      say(dialogs.notDone, true);
    }
  }
  return (
    <li>
      <button type="button" className="asked-line" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <span>{text}</span> <span className="quiet">{articles.times(count)}</span>
      </button>
      {isOpen && (
        <div className="asked-to">
          <Select
            aria-label={articles.choosing}
            placeholder={articles.choosing}
            showSearch={{ optionFilterProp: 'label' }}
            value={to}
            options={rows.flatMap(({ id, article, mayEdit }) =>
              article && mayEdit
                ? [{ value: id, label: `${article.question[settings.locale]} · ${id}` }]
                : [],
            )}
            onChange={setTo}
          />
          <Button disabled={to === null} onClick={put}>
            {articles.put}
          </Button>
          <Button onClick={() => onNew({ zh: '', en: '', [language]: text })}>{articles.asNew}</Button>
        </div>
      )}
    </li>
  );
}
