import Input from 'antd/es/input';
import { useId, useState } from 'react';
import { newArticleText, setHead } from '../../../../dialogs/knowledge/edit-article';
import { articlePath } from '../../state/article-rows';
import { useAdmin, useLimits } from '../context';
import { areFilled, CreateForm, type Creating } from '../frame/create-form';

/** How somebody asked what is to be answered. */
export interface FirstWords {
  zh: string;
  en: string;
}
export const NO_WORDS: FirstWords = { zh: '', en: '' };

const PARTS = ['questionZh', 'questionEn', 'answerZh', 'answerEn', 'sourceZh', 'sourceEn'] as const;
type Part = (typeof PARTS)[number];
const EMPTY: Record<Part, string> = {
  questionZh: '',
  questionEn: '',
  answerZh: '',
  answerEn: '',
  sourceZh: '',
  sourceEn: '',
};

/** A new answer; how it was asked is its first way of asking. */
export function CreateArticle({ first, onDone, ...form }: Creating & { first: FirstWords }) {
  const { articles } = useAdmin().words;
  const [made, setMade] = useState({ ...EMPTY, questionZh: first.zh, questionEn: first.en });
  const own = useId();
  const limits = useLimits();
  function write(id: string): { path: string; text: string } {
    const said = (part: Part) => made[part].trim();
    const text = newArticleText({
      id,
      question: { zh: said('questionZh'), en: said('questionEn') },
      variants: { zh: [first.zh || said('questionZh')], en: [first.en || said('questionEn')] },
      answer: { zh: said('answerZh'), en: said('answerEn') },
      source: { zh: said('sourceZh'), en: said('sourceEn') },
    });
    // Whoever is limited to places answers there.
    return {
      path: articlePath(id),
      text: limits.length > 0 ? setHead(text, ['areas'], [...limits]) : text,
    };
  }
  return (
    <CreateForm
      {...form}
      words={articles}
      width={640}
      isWhole={areFilled(made)}
      write={write}
      onDone={(id) => {
        if (id !== null) setMade(EMPTY);
        onDone(id);
      }}
    >
      <div className="languages">
        {PARTS.map((part) => (
          <div key={part} className="one-language">
            <label htmlFor={own + part}>{articles[part]}</label>
            <Input.TextArea
              id={own + part}
              rows={part.startsWith('answer') ? 4 : 1}
              value={made[part]}
              onChange={({ target }) => setMade((before) => ({ ...before, [part]: target.value }))}
            />
          </div>
        ))}
      </div>
    </CreateForm>
  );
}
