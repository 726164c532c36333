import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useMemo, useState } from 'react';
import { LEXICON_PATH, type LexiconList, readLexicon } from '../../state/lexicon-rows';
import { problemWords } from '../../state/problem-words';
import { useAdmin } from '../context';
import { Tabs } from '../frame/tabs';
import { usePlace } from '../use-place';
import { useTextFile } from '../use-text-file';
import { LexiconTable } from './lexicon-table';

const LISTS: readonly LexiconList[] = ['forms', 'plans'];

/** Words that mean the same, and what customers call plans: a table of each. */
export function LexiconPage() {
  const { words, settings } = useAdmin();
  const { lexicon, dialogs } = words;
  const id = useId();
  const [, go] = usePlace();
  const file = useTextFile(LEXICON_PATH);
  const [sought, setSought] = useState('');
  const [list, setList] = useState<LexiconList>('forms');
  const found = useMemo(() => readLexicon(file.text), [file.text]);
  return (
    <main className="versions-page lexicon-page">
      <section aria-label={lexicon.title}>
        <h2>{lexicon.title}</h2>
        <p className="quiet">{lexicon.hint}</p>
        <div className="lexicon-head">
          <Tabs
            label={lexicon.title}
            all={LISTS}
            names={lexicon}
            shown={list}
            size="middle"
            onShow={setList}
          />
          <Input
            id={id}
            allowClear
            value={sought}
            aria-label={lexicon.find}
            placeholder={lexicon.find}
            onChange={({ target }) => setSought(target.value)}
          />
          <Button disabled={!file.canUndo} onClick={file.undo}>
            {dialogs.undo}
          </Button>
          <Button disabled={!file.canRedo} onClick={file.redo}>
            {dialogs.redo}
          </Button>
        </div>
        {found.lexicon ? (
          <LexiconTable
            key={list}
            list={list}
            lexicon={found.lexicon}
            problems={found.problems}
            sought={sought}
            edit={file.edit}
          />
        ) : (
          <div className="warn">
            <p>{lexicon.broken}</p>
            <ul className="dots">
              {found.problems.map((problem) => (
                <li key={problem.path + problem.message}>
                  {dialogs.line(problem.line)} · {problemWords(problem, settings.locale)}
                </li>
              ))}
            </ul>
            <Button onClick={() => go({ page: 'files', open: LEXICON_PATH, step: null })}>
              {lexicon.toFile}
            </Button>
          </div>
        )}
      </section>
    </main>
  );
}
