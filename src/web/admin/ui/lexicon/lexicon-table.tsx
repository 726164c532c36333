import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useState } from 'react';
import type { ContentProblem } from '../../../../contract/problem';
import type { Lexicon } from '../../../../understanding/lexicon';
import {
  addRow,
  type LexiconList,
  type LexiconRow,
  lexiconRows,
  removeRow,
  setWords,
  wordsOf,
} from '../../state/lexicon-rows';
import { problemWords } from '../../state/problem-words';
import { useAdmin } from '../context';
import { useTyped } from '../dialogs/form/use-typed';
import type { TextFile } from '../use-text-file';

interface TableProps {
  list: LexiconList;
  lexicon: Lexicon;
  problems: ContentProblem[];
  sought: string;
  edit: TextFile['edit'];
}

/** A list of the lexicon, a row each, with what is wrong below the words that it is about. */
export function LexiconTable({ list, lexicon, problems, sought, edit }: TableProps) {
  const { words } = useAdmin();
  const texts = words.lexicon;
  const rows = lexiconRows(lexicon, list, problems, sought);
  return (
    <>
      <NewRow list={list} lexicon={lexicon} edit={edit} />
      {rows.length === 0 && <p className="quiet">{texts.none}</p>}
      <table className="lexicon">
        <thead>
          <tr>
            <th scope="col">{list === 'forms' ? texts.form : texts.name}</th>
            <th scope="col">{texts.words}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <OneRow key={`${row.index} ${row.key}`} list={list} row={row} edit={edit} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function OneRow({ list, row, edit }: { list: LexiconList; row: LexiconRow; edit: TextFile['edit'] }) {
  const { words, settings } = useAdmin();
  const texts = words.lexicon;
  const { index, key, problems } = row;
  const { text, type, flush } = useTyped(row.words.join('，'), (next) => {
    const wanted = wordsOf(next);
    // A form without words is deleted by its button, not by clearing the line.
    if (wanted.length > 0 || list === 'plans')
      edit((now) => setWords(now, list, index, wanted), `words ${list} ${index}`);
  });
  return (
    <tr>
      <th scope="row">{key}</th>
      <td>
        <Input.TextArea
          rows={1}
          value={text}
          aria-label={texts.wordsOf(key)}
          onChange={({ target }) => type(target.value)}
          onBlur={flush}
        />
        {problems.map((problem) => (
          <p key={problem.path + problem.message} className="field-problem warn" role="alert">
            {problemWords(problem, settings.locale)}
          </p>
        ))}
      </td>
      <td>
        <Button
          size="small"
          type="text"
          aria-label={texts.remove(key)}
          onClick={() => edit((now) => removeRow(now, list, index), `remove ${key}`)}
        >
          ×
        </Button>
      </td>
    </tr>
  );
}

function NewRow({ list, lexicon, edit }: Pick<TableProps, 'list' | 'lexicon' | 'edit'>) {
  const { words } = useAdmin();
  const texts = words.lexicon;
  const id = useId();
  const [key, setKey] = useState('');
  const [typed, setTyped] = useState('');
  const taken = lexiconRows(lexicon, list, []).some((row) => row.key === key.trim());
  const wanted = wordsOf(typed);
  const isWhole = key.trim() !== '' && !taken && (wanted.length > 0 || list === 'plans');
  return (
    <form
      className="lexicon-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWhole || !edit((now) => addRow(now, list, key.trim(), wanted), `add ${key}`)) return;
        setKey('');
        setTyped('');
      }}
    >
      <Input
        id={`${id}k`}
        value={key}
        aria-label={texts.newForm}
        placeholder={texts.newForm}
        maxLength={40}
        onChange={({ target }) => setKey(target.value)}
      />
      <Input
        id={`${id}w`}
        value={typed}
        aria-label={texts.newWords}
        placeholder={texts.newWords}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button htmlType="submit" disabled={!isWhole}>
        {texts.add}
      </Button>
      {taken && <p className="warn">{texts.taken}</p>}
    </form>
  );
}
