import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { unsavedOf } from '../state/bench';
import { useAdmin, useBench } from './context';

/** Two pages of one person wrote the same draft: which of both goes on. */
export function DraftConflict() {
  const { client, words } = useAdmin();
  const { shell } = words;
  const bench = useBench();
  const { other } = bench;
  const mine = Object.keys(unsavedOf(bench));
  return (
    <Modal open={other !== null} title={shell.otherPage} footer={null} closable={false}>
      <p>{shell.otherPageHint}</p>
      <ul className="plain-list">
        {mine.map((path) => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button type="primary" onClick={() => client.store.dispatch({ type: 'keep-mine' })}>
          {shell.keepMine}
        </Button>
        <Button
          onClick={() => {
            if (other) client.store.dispatch({ type: 'draft-taken', draft: other });
          }}
        >
          {shell.takeOther}
        </Button>
      </div>
    </Modal>
  );
}
