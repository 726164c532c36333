import Button from 'antd/es/button';
import { useEffect } from 'react';
import { useAdmin, useAdminState } from './context';

const SHOWN_MS = 5000;

/** What went well goes by itself; what went wrong stays until it is read. */
export function Notice() {
  const { client, words } = useAdmin();
  const notice = useAdminState((state) => state.notice);
  const { dispatch } = client.store;
  useEffect(() => {
    if (!notice || notice.isBad) return;
    const timer = setTimeout(() => dispatch({ type: 'dismissed' }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, dispatch]);
  const { faults, close } = words.shell;
  return (
    <div className="notices" aria-live="polite" role="status">
      {notice && (
        <p className={notice.isBad ? 'notice bad' : 'notice'}>
          {notice.isBad ? (faults[notice.text] ?? faults.failed) : notice.text}
          <Button type="text" size="small" aria-label={close} onClick={() => dispatch({ type: 'dismissed' })}>
            ✕
          </Button>
        </p>
      )}
    </div>
  );
}
