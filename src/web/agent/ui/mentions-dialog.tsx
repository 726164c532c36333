import Modal from 'antd/es/modal';
import { useDesk, useDeskState, useSpeakTime } from './context';
import { usePage } from './page';

/** Notes in which colleagues named the agent. */
export function MentionsDialog() {
  const { client, words } = useDesk();
  const { shell } = words;
  const page = usePage();
  const speakTime = useSpeakTime();
  const mentions = useDeskState((state) => state.mentions);
  return (
    <Modal
      open={page.overlay === 'mentions'}
      title={shell.mentions}
      footer={null}
      onCancel={() => page.show(null)}
    >
      {mentions.length === 0 && <p>{shell.noMentions}</p>}
      <ul className="passages">
        {mentions.map(({ id, by, at, text, conversationId }) => (
          <li key={id}>
            <p className="state">
              {by.name} · {speakTime(at)}
            </p>
            <button
              type="button"
              className="link-like"
              onClick={() => {
                page.show(null);
                client.open(conversationId);
              }}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
