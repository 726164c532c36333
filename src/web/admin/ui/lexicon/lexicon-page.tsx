import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useMemo, useState } from 'react';
import { LEXICON_PATH, type LexiconList, readLexicon } from '../../state/lexicon-rows';
import { problemWords } from '../../state/problem-words';
import { useAdmin, useMay } from '../context';
import { usePlace } from '../use-place';
import { useTextFile } from '../use-text-file';
import { LexiconTable } from './lexicon-table';

const LISTS: readonly LexiconList[] = ['forms', 'plans'];

/** Words that mean the same, and what customers call plans: a table of each. */
export function LexiconPage() {
  const { words, settings } = useAdmin();
  const { lexicon, shell, dialogs } = words;
  const id = useId();
  const [, go] = usePlace();
  const mayEdit = useMay('content.edit');
  const file = useTextFile(LEXICON_PATH);
  const [sought, setSought] = useState('');
  const [list, setList] = useState<LexiconList>('forms');
  const found = useMemo(() => readLexicon(file.text), [file.text]);
  if (!mayEdit)
    return (
      <main className="admin-empty">
        <p>{shell.mayNotEdit}</p>
      </main>
    );
  return (
    <main className="versions-page lexicon-page">
      <section aria-label={lexicon.title}>
        <h2>{lexicon.title}</h2>
        <p className="quiet">{lexicon.hint}</p>
        <div className="lexicon-head">
          <nav className="tabs" aria-label={lexicon.title}>
            {LISTS.map((each) => (
              <Button
                key={each}
                type={each === list ? 'primary' : 'default'}
                aria-pressed={each === list}
                onClick={() => setList(each)}
              >
                {lexicon[each]}
              </Button>
            ))}
          </nav>
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
