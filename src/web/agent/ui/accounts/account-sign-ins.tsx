import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import { useDesk, useSpeakTime } from '../context';

interface SignInRow {
  id: string;
  beganAt: number;
  seenAt: number;
  device: string | null;
}

/** Where somebody is signed in, and the way to end it. */
export function AccountSignIns({ accountId }: { accountId: string }) {
  const { client, words } = useDesk();
  const { accounts: texts, own, shell } = words;
  const speakTime = useSpeakTime();
  const [rows, setRows] = useState<SignInRow[] | null | 'loading'>('loading');
  const path = `/accounts/${accountId}/sign-ins`;
  const read = useCallback(async () => {
    setRows((await client.call<{ signIns: SignInRow[] }>('GET', path))?.signIns ?? null);
  }, [client, path]);
  useEffect(() => void read(), [read]);
  async function end(id: string): Promise<void> {
    await client.call('DELETE', `${path}/${id}`);
    await read();
  }
  return (
    <section>
      <h3>{texts.signIns}</h3>
      {rows === 'loading' && <p role="status">{shell.loading}</p>}
      {rows === null && <p role="alert">{shell.notRead}</p>}
      {Array.isArray(rows) && rows.length === 0 && <p className="quiet">{texts.noSignIns}</p>}
      {Array.isArray(rows) && (
        <ul>
          {rows.map(({ id, beganAt, seenAt, device }) => (
            <li key={id} className="sign-in-row">
              <span>
                {device ?? own.unknownDevice}{' '}
                <span className="quiet">
                  {own.since(speakTime(beganAt))} · {own.seen(speakTime(seenAt))}
                </span>
              </span>
              <Button
                size="small"
                aria-label={`${own.end} ${device ?? own.unknownDevice}`}
                onClick={() => void end(id)}
              >
                {own.end}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
