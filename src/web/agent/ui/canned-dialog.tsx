import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Popconfirm from 'antd/es/popconfirm';
import Segmented from 'antd/es/segmented';
import { useId, useState } from 'react';
import type { CannedReply } from '../../../contract/canned-replies';
import { useDesk, useDeskState, useMay } from './context';
import { usePage } from './page';

type Form = Omit<CannedReply, 'id'> & { id: string | null };
const EMPTY: Form = { id: null, isTeam: false, shortcut: '', text: { zh: '', en: '' } };
type Answer = { replies: CannedReply[] };

/** Saved replies: everybody's, which who leads keeps, and the agent's own. */
export function CannedDialog() {
  const { client, words, locale } = useDesk();
  const { talk, shell } = words;
  const page = usePage();
  const canned = useDeskState((state) => state.canned);
  const [form, setForm] = useState<Form | null>(null);
  const mayKeepTeam = useMay('replies.team');
  const take = (answer: Answer | null) => {
    if (!answer) return;
    client.store.dispatch({ type: 'canned', canned: answer.replies });
    setForm(null);
  };
  async function save({ id, ...body }: Form): Promise<void> {
    const path = id === null ? '/agent/canned-replies' : `/agent/canned-replies/${id}`;
    take(await client.call<Answer>('POST', path, { body }));
  }
  async function remove({ id, isTeam }: CannedReply): Promise<void> {
    take(await client.call<Answer>('DELETE', `/agent/canned-replies/${id}?team=${isTeam}`));
  }
  return (
    <Modal
      open={page.overlay === 'canned'}
      title={shell.cannedManage}
      footer={null}
      width={680}
      onCancel={() => {
        setForm(null);
        page.show(null);
      }}
    >
      <p className="hint">{talk.cannedHint}</p>
      {form ? (
        <ReplyForm form={form} mayKeepTeam={mayKeepTeam} onCancel={() => setForm(null)} onSave={save} />
      ) : (
        <>
          <Button type="primary" onClick={() => setForm(EMPTY)}>
            {talk.add}
          </Button>
          <ul className="passages">
            {canned.map((reply) => (
              <li key={reply.id}>
                <p>
                  <b>/{reply.shortcut}</b> <span className="tag">{reply.isTeam ? talk.team : talk.own}</span>{' '}
                  {reply.text[locale]}
                </p>
                {(!reply.isTeam || mayKeepTeam) && (
                  <p className="actions">
                    <Button size="small" onClick={() => setForm(reply)}>
                      {talk.edit}
                    </Button>
                    <Popconfirm
                      title={reply.isTeam ? talk.removeTeamAsk : talk.removeAsk}
                      okText={talk.remove}
                      cancelText={shell.cancel}
                      onConfirm={() => void remove(reply)}
                    >
                      <Button size="small">{talk.remove}</Button>
                    </Popconfirm>
                  </p>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}

interface FormProps {
  form: Form;
  mayKeepTeam: boolean;
  onCancel: () => void;
  onSave: (form: Form) => Promise<void>;
}

function ReplyForm({ form, mayKeepTeam, onCancel, onSave }: FormProps) {
  const { talk, shell } = useDesk().words;
  const [reply, setReply] = useState(form);
  const id = useId();
  const { shortcut, text, isTeam } = reply;
  const isWhole = shortcut.trim() !== '' && text.zh.trim() !== '' && text.en.trim() !== '';
  return (
    <form
      className="stacked"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(reply);
      }}
    >
      {mayKeepTeam && reply.id === null && (
        <Segmented
          value={isTeam ? 'team' : 'own'}
          options={[
            { value: 'own', label: talk.own },
            { value: 'team', label: talk.team },
          ]}
          onChange={(value) => setReply({ ...reply, isTeam: value === 'team' })}
        />
      )}
      <label htmlFor={`${id}s`}>{talk.shortcut}</label>
      <Input
        id={`${id}s`}
        autoFocus
        maxLength={20}
        value={shortcut}
        onChange={({ target }) => setReply({ ...reply, shortcut: target.value })}
      />
      <label htmlFor={`${id}z`}>{talk.replyZh}</label>
      <Input.TextArea
        id={`${id}z`}
        maxLength={500}
        value={text.zh}
        onChange={({ target }) => setReply({ ...reply, text: { ...text, zh: target.value } })}
      />
      <label htmlFor={`${id}e`}>{talk.replyEn}</label>
      <Input.TextArea
        id={`${id}e`}
        maxLength={500}
        value={text.en}
        onChange={({ target }) => setReply({ ...reply, text: { ...text, en: target.value } })}
      />
      <p className="hint">{talk.variables}</p>
      <p className="actions">
        <Button type="primary" htmlType="submit" disabled={!isWhole}>
          {shell.save}
        </Button>
        <Button onClick={onCancel}>{shell.cancel}</Button>
      </p>
    </form>
  );
}
