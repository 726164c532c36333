import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import { useDesk, useSpeakTime } from '../context';

interface SignInRow {
  id: string;
  beganAt: number;
  seenAt: number;
  device: string | null;
  way: string;
  isThis: boolean;
}

/** Where one is signed in, and the way to end it. */
export function SignInList() {
  const { client, words } = useDesk();
  const { own } = words;
  const speakTime = useSpeakTime();
  const [rows, setRows] = useState<SignInRow[] | null>([]);
  const read = useCallback(async () => {
    setRows((await client.call<{ signIns: SignInRow[] }>('GET', '/accounts/me/sign-ins'))?.signIns ?? null);
  }, [client]);
  useEffect(() => void read(), [read]);
  async function end(id: string): Promise<void> {
    await client.call('DELETE', `/accounts/me/sign-ins/${id}`);
    await read();
  }
  return (
    <section className="account-part">
      <h2>{own.signIns}</h2>
      {rows === null && <p role="alert">{words.shell.notRead}</p>}
      <ul>
        {rows?.map(({ id, beganAt, seenAt, device, way, isThis }) => (
          <li key={id} className="alarm">
            <span>
              {device ?? own.unknownDevice} {isThis && <span className="tag strong">{own.thisOne}</span>}{' '}
              <span className="quiet">
                {way === 'open-id' && `${own.house} · `}
                {own.since(speakTime(beganAt))} · {own.seen(speakTime(seenAt))}
              </span>
            </span>
            {!isThis && (
              <Button size="small" onClick={() => void end(id)}>
                {own.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
