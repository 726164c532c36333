import Button from 'antd/es/button';
import { useEffect } from 'react';
import type { Notice } from '../state/desk-shape';
import { useDesk, useDeskState } from './context';

/** What went well goes by itself; what went wrong stays until it is read. */
const SHOWN_MS = 5000;

export function Notices() {
  const notices = useDeskState((state) => state.notices);
  return (
    <div className="notices" aria-live="polite" role="status">
      {notices.map((notice) => (
        <OneNotice key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function OneNotice({ notice: { id, text, detail, isBad } }: { notice: Notice }) {
  const { client, words } = useDesk();
  const { shell } = words;
  const { dispatch } = client.store;
  useEffect(() => {
    if (isBad) return;
    const timer = setTimeout(() => dispatch({ type: 'dismissed', id }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, isBad, dispatch]);
  // What says all in its detail needs no more words.
  const own: Record<string, string> = { notifyDenied: shell.notifyDenied, said: '' };
  const said = own[text] ?? shell.faults[text] ?? shell.faults.failed;
  return (
    <p className={isBad ? 'notice bad' : 'notice'}>
      {detail !== '' && <b>{detail} </b>}
      {said}
      <Button
        type="text"
        size="small"
        aria-label={shell.close}
        onClick={() => dispatch({ type: 'dismissed', id })}
      >
        ✕
      </Button>
    </p>
  );
}
