import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { SignInTexts } from './sign-in-texts';

export interface SignInProps {
  words: SignInTexts;
  /** What is said of other faults, by their code; `failed` for any. */
  faults: Record<string, string>;
  /** The page that the company's sign-in comes back to. */
  back: string;
  /** Known when a sign-in has ended and is begun again. */
  login?: string;
  /** Whether the company has a sign-in of its own. */
  hasOpenId: () => Promise<boolean>;
  /** The code of what was wrong; null when it went well. */
  signIn: (login: string, password: string, code: string | null) => Promise<string | null>;
}

/** Signing in, at first and again when a sign-in has ended; then `login` is known. */
export function SignInForm(props: SignInProps) {
  const { words, faults, back, login: known = '', hasOpenId: askOpenId, signIn } = props;
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
    void askOpenId().then(setHasOpenId);
  }, [askOpenId]);
  const own: Record<string, string> = {
    unauthenticated: words.signInFailed,
    'too-many-requests': words.locked,
    away: words.houseAway,
    refused: words.houseRefused,
    unknown: words.houseUnknown,
  };
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    const refusal = await signIn(login, password, code);
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
      <label htmlFor={`${id}l`}>{words.login}</label>
      <Input
        id={`${id}l`}
        value={login}
        autoComplete="username"
        autoFocus={known === ''}
        onChange={({ target }) => setLogin(target.value)}
      />
      <label htmlFor={`${id}p`}>{words.password}</label>
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
          <label htmlFor={`${id}c`}>{words.code}</label>
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
      {fault !== null && <Alert type="error" title={own[fault] ?? faults[fault] ?? faults.failed} />}
      <Button
        type="primary"
        htmlType="submit"
        loading={isBusy}
        disabled={login.trim() === '' || password === ''}
      >
        {words.signIn}
      </Button>
      {hasOpenId && <a href={`/accounts/open-id?back=${encodeURIComponent(back)}`}>{words.signInByHouse}</a>}
    </form>
  );
}
