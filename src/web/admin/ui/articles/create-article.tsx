import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useState } from 'react';
import { newArticleText } from '../../../../dialogs/knowledge/edit-article';
import { articlePath } from '../../state/article-rows';
import { useAdmin } from '../context';
import { useIdFault } from '../intents/create-intent';

/** How somebody asked what is to be answered. */
export interface FirstWords {
  zh: string;
  en: string;
}
export const NO_WORDS: FirstWords = { zh: '', en: '' };

interface CreateProps {
  isOpen: boolean;
  taken: string[];
  first: FirstWords;
  onDone: (id: string | null) => void;
}

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
export function CreateArticle({ isOpen, taken, first, onDone }: CreateProps) {
  const { client, words } = useAdmin();
  const { articles, dialogs, shell } = words;
  const [id, setId] = useState('');
  const [made, setMade] = useState({ ...EMPTY, questionZh: first.zh, questionEn: first.en });
  const own = useId();
  const fault = useIdFault()(id, taken);
  const isWhole = id !== '' && fault === null && PARTS.every((part) => made[part].trim() !== '');
  function add(): void {
    const said = (part: Part) => made[part].trim();
    const text = newArticleText({
      id,
      question: { zh: said('questionZh'), en: said('questionEn') },
      variants: { zh: [first.zh || said('questionZh')], en: [first.en || said('questionEn')] },
      answer: { zh: said('answerZh'), en: said('answerEn') },
      source: { zh: said('sourceZh'), en: said('sourceEn') },
    });
    client.store.dispatch({ type: 'edit', path: articlePath(id), text, what: 'create', at: Date.now() });
    setId('');
    setMade(EMPTY);
    onDone(id);
  }
  return (
    <Modal open={isOpen} title={articles.create} footer={null} width={640} onCancel={() => onDone(null)}>
      <form
        className="stacked"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) add();
        }}
      >
        <label htmlFor={`${own}i`}>{articles.id}</label>
        <Input id={`${own}i`} value={id} autoFocus onChange={({ target }) => setId(target.value.trim())} />
        <p className={fault ? 'warn' : 'hint'}>{fault ?? articles.createHint}</p>
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
        <div className="actions">
          <Button type="primary" htmlType="submit" disabled={!isWhole}>
            {dialogs.add}
          </Button>
          <Button onClick={() => onDone(null)}>{shell.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
}
