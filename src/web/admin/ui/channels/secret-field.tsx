import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useState } from 'react';
import { randomText } from '../../state/account-form';
import { useAdmin } from '../context';
import { Copied } from './copied';

/** Secrets that are ours to choose, and how long each is; the others are given by the platform. */
const OWN: Readonly<Record<string, number>> = { token: 32, encodingAesKey: 43 };
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));

interface SecretProps {
  name: string;
  value: string;
  isKept: boolean;
  isLacking: boolean;
  onChange: (value: string) => void;
}

/** A secret: written, never shown again. One that was made here is shown until it is saved. */
export function SecretField({ name, value, isKept, isLacking, onChange }: SecretProps) {
  const { channels } = useAdmin().words;
  const id = useId();
  const [made, setMade] = useState('');
  const length = OWN[name];
  function make(): void {
    const text = randomText(length ?? 0, randomBytes);
    setMade(text);
    onChange(text);
  }
  return (
    <div className="stacked">
      <label htmlFor={id} className={isLacking ? 'warn' : undefined}>
        {channels.fields[name] ?? name}
      </label>
      <div className="secret-row">
        <Input
          id={id}
          type="password"
          value={value}
          autoComplete="new-password"
          aria-invalid={isLacking}
          placeholder={isKept ? channels.secretKept : channels.secretNew}
          onChange={({ target }) => onChange(target.value)}
        />
        {length !== undefined && <Button onClick={make}>{channels.make}</Button>}
      </div>
      {made !== '' && made === value && (
        <>
          <p className="hint">{channels.made}</p>
          <Copied text={made} />
        </>
      )}
    </div>
  );
}
