import Modal from 'antd/es/modal';
import { shortcuts } from '../state/shortcuts';
import { useDesk } from './context';
import { usePage } from './page';

/** Every shortcut, with what it does. */
export function Help() {
  const { shell } = useDesk().words;
  const { overlay, show } = usePage();
  return (
    <Modal open={overlay === 'help'} title={shell.help} footer={null} onCancel={() => show(null)} width={560}>
      <p className="hint">{shell.helpHint}</p>
      <dl className="shortcuts">
        {shortcuts.map(({ action, keys }) => (
          <div key={action}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{shell.actions[action]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
