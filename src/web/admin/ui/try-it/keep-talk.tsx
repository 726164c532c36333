import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import { textOf } from '../../state/bench';
import { addTalk, TRIED_TALKS } from '../../state/talk-script';
import { useAdmin, useNotice } from '../context';
import type { TalkState } from './use-talk';

/** Makes what was tried a scripted conversation of the draft: from now on it must come to the same. */
export function KeepTalk({ state: { lines, talk, isWorking } }: { state: TalkState }) {
  const { client, words, settings } = useAdmin();
  const { tryIt } = words;
  const say = useNotice();
  const [name, setName] = useState('');
  const turns = talk?.turns ?? [];
  const isWhole = !isWorking && lines.length > 0 && talk?.fault === null && turns.length === lines.length;
  function keep(): void {
    const { dispatch, read } = client.store;
    const talked = { name: name.trim(), locale: settings.locale, lines, turns };
    const text = addTalk(textOf(read().bench, TRIED_TALKS), talked);
    dispatch({ type: 'edit', path: TRIED_TALKS, text, what: `keep ${name}`, at: Date.now() });
    setName('');
    say(tryIt.kept(TRIED_TALKS));
  }
  if (!isWhole) return null;
  return (
    <form
      className="say keep-talk"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') keep();
      }}
    >
      <Input
        value={name}
        aria-label={tryIt.keepName}
        placeholder={tryIt.keepName}
        maxLength={120}
        onChange={({ target }) => setName(target.value)}
      />
      <Button htmlType="submit" disabled={name.trim() === ''}>
        {tryIt.keep}
      </Button>
    </form>
  );
}
