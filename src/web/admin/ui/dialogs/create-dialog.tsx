import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useState } from 'react';
import { flowOf } from '../../../../dialogs/edit/render-value';
import { useAdmin } from '../context';
import { pathOf } from './use-file';

interface CreateProps {
  isOpen: boolean;
  taken: string[];
  onDone: (id: string | null) => void;
}

/** A dialog of one sentence and its end, to go on from. */
const firstText = (id: string, name: { zh: string; en: string }): string =>
  `id: ${id}
name: ${flowOf(name)}
steps:
  - id: begin
    type: say
    text: ${flowOf({ zh: `好的，我来帮您${name.zh}。`, en: `All right: ${name.en}.` })}
    next: over
  - id: over
    type: end
`;

export function CreateDialog({ isOpen, taken, onDone }: CreateProps) {
  const { client, words } = useAdmin();
  const { dialogs, shell } = words;
  const [id, setId] = useState('');
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const own = useId();
  const fault =
    id === ''
      ? null
      : !/^[a-z][a-z0-9-]*$/.test(id)
        ? dialogs.badId
        : taken.includes(id)
          ? dialogs.taken
          : null;
  function add(): void {
    const text = firstText(id, { zh: zh.trim(), en: en.trim() });
    client.store.dispatch({ type: 'edit', path: pathOf(id), text, what: 'create', at: Date.now() });
    setId('');
    setZh('');
    setEn('');
    onDone(id);
  }
  const isWhole = id !== '' && fault === null && zh.trim() !== '' && en.trim() !== '';
  return (
    <Modal open={isOpen} title={dialogs.create} footer={null} onCancel={() => onDone(null)}>
      <form
        className="stacked"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) add();
        }}
      >
        <label htmlFor={`${own}i`}>{dialogs.id}</label>
        <Input id={`${own}i`} value={id} autoFocus onChange={({ target }) => setId(target.value.trim())} />
        <p className={fault ? 'warn' : 'hint'}>{fault ?? dialogs.createHint}</p>
        <label htmlFor={`${own}z`}>{dialogs.nameZh}</label>
        <Input id={`${own}z`} value={zh} onChange={({ target }) => setZh(target.value)} />
        <label htmlFor={`${own}e`}>{dialogs.nameEn}</label>
        <Input id={`${own}e`} value={en} onChange={({ target }) => setEn(target.value)} />
        <div className="actions">
          <Button type="primary" htmlType="submit" disabled={!isWhole}>
            {dialogs.add}
          </Button>
          <Button onClick={() => onDone(null)}>{shell.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
}
