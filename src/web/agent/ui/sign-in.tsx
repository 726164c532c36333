import { useCallback } from 'react';
import { SignInForm as Form } from '../../staff/sign-in-form';
import { useDesk } from './context';

/** Signing in at the desk, at first and again when a sign-in has ended; then `login` is known. */
export function SignInForm({ login }: { login?: string }) {
  const { client, words } = useDesk();
  const hasOpenId = useCallback(
    async () => (await client.call<{ openId: boolean }>('GET', '/accounts/ways'))?.openId ?? false,
    [client],
  );
  const { shell } = words;
  return (
    <Form
      words={shell}
      faults={shell.faults}
      back="/agent"
      login={login}
      hasOpenId={hasOpenId}
      signIn={client.signIn}
    />
  );
}
