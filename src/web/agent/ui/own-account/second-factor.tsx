import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type FormEvent, useCallback, useEffect, useId, useState } from 'react';
import { encode } from 'uqr';
import { useDesk } from '../context';

interface FactorState {
  isOn: boolean;
  recoveryCodesLeft: number;
}
type Step =
  | { type: 'rest' }
  /** The password is asked for before anything changes. */
  | { type: 'password'; for: 'begin' | 'remove' }
  | { type: 'code'; secret: string; address: string }
  | { type: 'codes'; codes: string[] };

/** The authenticator app: turned on with a picture and a code, and off again, both by the password. */
export function SecondFactor({ onKept }: { onKept?: () => void }) {
  const { client, words } = useDesk();
  const { own } = words;
  const [state, setState] = useState<FactorState | null>(null);
  const [step, setStep] = useState<Step>({ type: 'rest' });
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const id = useId();
  const read = useCallback(async () => {
    setState(await client.call<FactorState>('GET', '/accounts/me/second-factor'));
  }, [client]);
  useEffect(() => void read(), [read]);
  function go(next: Step): void {
    setStep(next);
    setTyped('');
    setFault(null);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (step.type === 'password') {
      const isRemoval = step.for === 'remove';
      const path = `/accounts/me/second-factor${isRemoval ? '/remove' : ''}`;
      const answer = await client.tryCall<{ secret: string; address: string }>('POST', path, {
        password: typed,
      });
      if (!answer.ok)
        return setFault(answer.code === 'forbidden' ? own.wrong : (words.shell.faults.failed ?? null));
      go(isRemoval ? { type: 'rest' } : { type: 'code', ...answer.value });
    } else if (step.type === 'code') {
      const path = '/accounts/me/second-factor/confirm';
      const answer = await client.tryCall<{ recoveryCodes: string[] }>('POST', path, { code: typed });
      if (!answer.ok)
        return setFault(answer.code === 'bad-request' ? own.wrongCode : (words.shell.faults.failed ?? null));
      go({ type: 'codes', codes: answer.value.recoveryCodes });
    }
    await read();
  }
  return (
    <form className="account-part" onSubmit={(event) => void submit(event)}>
      <h2>{own.factor}</h2>
      <p className="hint">{state?.isOn ? own.factorOn(state.recoveryCodesLeft) : own.factorOff}</p>
      {step.type === 'rest' && (
        <p className="acts">
          <Button onClick={() => go({ type: 'password', for: 'begin' })}>
            {state?.isOn ? own.again : own.begin}
          </Button>
          {state?.isOn && (
            <Button onClick={() => go({ type: 'password', for: 'remove' })}>{own.remove}</Button>
          )}
        </p>
      )}
      {step.type === 'password' && (
        <>
          <label htmlFor={`${id}p`}>{own.now}</label>
          <Input.Password
            id={`${id}p`}
            autoFocus
            autoComplete="current-password"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </>
      )}
      {step.type === 'code' && (
        <>
          <p>{own.scan}</p>
          <QrCode text={step.address} />
          <p className="hint">
            {own.secret} <code>{step.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
          <label htmlFor={`${id}c`}>{own.code}</label>
          <Input
            id={`${id}c`}
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </>
      )}
      {fault !== null && <Alert type="error" title={fault} />}
      {step.type === 'codes' && (
        <>
          <p className="warn">{own.recovery}</p>
          <ul className="recovery-codes">
            {step.codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
          <Button
            type="primary"
            onClick={() => {
              go({ type: 'rest' });
              onKept?.();
            }}
          >
            {own.kept}
          </Button>
        </>
      )}
      {(step.type === 'password' || step.type === 'code') && (
        <p className="acts">
          <Button type="primary" htmlType="submit" disabled={typed === ''}>
            {step.type === 'code' ? own.confirm : step.for === 'remove' ? own.remove : own.begin}
          </Button>
          <Button onClick={() => go({ type: 'rest' })}>{words.shell.cancel}</Button>
        </p>
      )}
    </form>
  );
}

/** A picture that phones read: black on white in the dark theme too. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
