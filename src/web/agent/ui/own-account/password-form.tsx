import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type FormEvent, useId, useState } from 'react';
import { useDesk } from '../context';

/** A new password, by the old one. */
export function PasswordForm() {
  const { client, words } = useDesk();
  const { own } = words;
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [answer, setAnswer] = useState<string | null>(null);
  const id = useId();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const changed = await client.tryCall('POST', '/accounts/me/password', { password, newPassword });
    setAnswer(changed.ok ? 'ok' : changed.code);
    setPassword('');
    setNewPassword('');
  }
  const said: Record<string, string> = { ok: own.changed, forbidden: own.wrong, 'bad-request': own.weak };
  return (
    <form className="account-part" onSubmit={(event) => void submit(event)}>
      <h2>{own.password}</h2>
      <label htmlFor={`${id}n`}>{own.now}</label>
      <Input.Password
        id={`${id}n`}
        autoComplete="current-password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <label htmlFor={`${id}w`}>{own.next}</label>
      <Input.Password
        id={`${id}w`}
        autoComplete="new-password"
        value={newPassword}
        onChange={({ target }) => setNewPassword(target.value)}
      />
      {answer !== null && (
        <Alert
          type={answer === 'ok' ? 'success' : 'error'}
          title={said[answer] ?? words.shell.faults.failed}
        />
      )}
      <Button htmlType="submit" disabled={password === '' || newPassword === ''}>
        {own.change}
      </Button>
    </form>
  );
}
