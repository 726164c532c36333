import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { useDesk } from './context';

/** Signing in, at first and again when a sign-in has ended; then `login` is known. */
export function SignInForm({ login: known = '' }: { login?: string }) {
  const { client, words } = useDesk();
  const { shell } = words;
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(
    known === '' ? new URLSearchParams(location.search).get('sign-in') : null,
  );
  const [code, setCode] = useState<string | null>(null);
  const [hasOpenId, setHasOpenId] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();
  useEffect(() => {
    void client
      .call<{ openId: boolean }>('GET', '/accounts/ways')
      .then((ways) => setHasOpenId(ways?.openId ?? false));
  }, [client]);
  const own: Record<string, string> = {
    unauthenticated: shell.signInFailed,
    'too-many-requests': shell.locked,
    away: shell.houseAway,
    refused: shell.houseRefused,
    unknown: shell.houseUnknown,
  };
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    const refusal = await client.signIn(login, password, code);
    setIsBusy(false);
    // The password was right: it is kept for the second question.
    if (refusal === 'code-needed') {
      setFault(null);
      return setCode(code ?? '');
    }
    setFault(refusal);
    setPassword('');
    setCode(null);
  }
  return (
    <form className="sign-in" onSubmit={(event) => void submit(event)}>
      <label htmlFor={`${id}l`}>{shell.login}</label>
      <Input
        id={`${id}l`}
        value={login}
        autoComplete="username"
        autoFocus={known === ''}
        onChange={({ target }) => setLogin(target.value)}
      />
      <label htmlFor={`${id}p`}>{shell.password}</label>
      <Input
        id={`${id}p`}
        type="password"
        value={password}
        autoComplete="current-password"
        autoFocus={known !== ''}
        onChange={({ target }) => setPassword(target.value)}
      />
      {code !== null && (
        <>
          <label htmlFor={`${id}c`}>{shell.code}</label>
          <Input
            id={`${id}c`}
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={40}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </>
      )}
      {fault !== null && (
        <Alert type="error" title={own[fault] ?? shell.faults[fault] ?? shell.faults.failed} />
      )}
      <Button
        type="primary"
        htmlType="submit"
        loading={isBusy}
        disabled={login.trim() === '' || password === ''}
      >
        {shell.signIn}
      </Button>
      {hasOpenId && (
        <a href={`/accounts/open-id?back=${encodeURIComponent('/agent')}`}>{shell.signInByHouse}</a>
      )}
    </form>
  );
}
