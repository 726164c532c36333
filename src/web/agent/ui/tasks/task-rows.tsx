import Button from 'antd/es/button';
import type { Task } from '../../../../contract/tasks';
import { useDesk, useDeskState, useSpeakTime, useTicking } from '../context';

interface TaskRowsProps {
  tasks: Task[];
  onChanged: () => Promise<void>;
  /** Opens the conversation of a task; left out where it is open. */
  onOpen?: (conversationId: string) => void;
}

export function TaskRows({ tasks, onChanged, onOpen }: TaskRowsProps) {
  return (
    <ul>
      {tasks.map((task) => (
        <OneTask key={task.id} task={task} onChanged={onChanged} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function OneTask({ task, onChanged, onOpen }: Omit<TaskRowsProps, 'tasks'> & { task: Task }) {
  const { client, words } = useDesk();
  const own = useDeskState((state) => state.account?.id);
  const speakTime = useSpeakTime();
  const { id, text, dueAt, doneAt, accountId, accountName, conversationId } = task;
  const isLate = useTicking((now) => doneAt === null && dueAt <= now);
  async function finish(): Promise<void> {
    await client.call('POST', `/agent/tasks/${id}/done`, { body: {} });
    await onChanged();
  }
  return (
    <li className="alarm">
      <span>
        {onOpen ? (
          <button type="button" className="link-like" onClick={() => onOpen(conversationId)}>
            {text}
          </button>
        ) : (
          text
        )}{' '}
        <span className={isLate ? 'warn' : 'quiet'}>
          {isLate && `${words.tasks.overdue} · `}
          {words.tasks.due(speakTime(dueAt))}
          {accountId !== own && ` · ${words.tasks.of(accountName)}`}
          {doneAt !== null && ` · ${words.tasks.isDone}`}
        </span>
      </span>
      {doneAt === null && accountId === own && (
        <Button size="small" onClick={() => void finish()}>
          {words.tasks.done}
        </Button>
      )}
    </li>
  );
}
