import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type FormEvent, useId, useState } from 'react';
import { newUuid } from '../../../staff/new-uuid';
import { momentOf, wallClockOf } from '../../state/wall-clock';
import { useDesk, useDeskState } from '../context';

const HOUR_MS = 3600_000;

/** Something promised to the customer of a conversation, with its time. */
export function TaskForm({ conversationId, onDone }: { conversationId: string; onDone: () => void }) {
  const { client, words } = useDesk();
  const { tasks } = words;
  const { timeZone } = useDeskState((state) => state.settings);
  const [text, setText] = useState('');
  const [time, setTime] = useState(() => wallClockOf(Date.now() + client.clockOffset() + HOUR_MS, timeZone));
  // The same until it was taken: sent again it is one.
  const [taskId] = useState(newUuid);
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();
  const dueAt = momentOf(time, timeZone);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const done = await client.call('POST', '/agent/tasks', {
      body: { id: taskId, conversationId, text, dueAt },
    });
    setIsBusy(false);
    if (done) onDone();
  }
  return (
    <form className="task-form" onSubmit={(event) => void submit(event)}>
      <label htmlFor={`${id}w`}>{tasks.what}</label>
      <Input
        id={`${id}w`}
        autoFocus
        maxLength={300}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <label htmlFor={`${id}t`}>{tasks.dueAt}</label>
      <Input
        id={`${id}t`}
        type="datetime-local"
        value={time}
        onChange={({ target }) => setTime(target.value)}
      />
      <Button size="small" type="primary" htmlType="submit" disabled={text.trim() === '' || dueAt === null}>
        {tasks.add}
      </Button>
    </form>
  );
}
