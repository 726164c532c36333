import Modal from 'antd/es/modal';
import type { Task } from '../../../../contract/tasks';
import { useDesk } from '../context';
import { usePolled } from '../lead/use-polled';
import { usePage } from '../page';
import { TaskRows } from './task-rows';

const EVERY_MS = 30_000;

/** What the agent has promised, the most urgent first. */
export function TasksDialog() {
  const { words } = useDesk();
  const page = usePage();
  return (
    <Modal
      open={page.overlay === 'tasks'}
      title={words.tasks.mine}
      footer={null}
      onCancel={() => page.show(null)}
      destroyOnHidden
    >
      <OwnTasks />
    </Modal>
  );
}

function OwnTasks() {
  const { client, words } = useDesk();
  const page = usePage();
  const { found, read } = usePolled<{ tasks: Task[] }>('/agent/tasks', EVERY_MS);
  if (!found) return <p role="status">{words.shell.loading}</p>;
  if (found.tasks.length === 0) return <p className="hint">{words.tasks.none}</p>;
  return (
    <TaskRows
      tasks={found.tasks}
      onChanged={read}
      onOpen={(conversationId) => {
        page.show(null);
        client.open(conversationId);
      }}
    />
  );
}
