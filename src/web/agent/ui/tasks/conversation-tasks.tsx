import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import type { Task } from '../../../../contract/tasks';
import { useDesk } from '../context';
import { usePolled } from '../lead/use-polled';
import { usePage } from '../page';
import { TaskForm } from './task-form';
import { TaskRows } from './task-rows';

const EVERY_MS = 30_000;

/** What was promised to this customer, by whom and by when. */
export function ConversationTasks({ conversationId }: { conversationId: string }) {
  const { words } = useDesk();
  const page = usePage();
  const path = `/agent/tasks?conversation=${encodeURIComponent(conversationId)}`;
  const { found, read } = usePolled<{ tasks: Task[] }>(path, EVERY_MS);
  const [isAdding, setIsAdding] = useState(false);
  useEffect(() =>
    page.onAct((action) => {
      if (action === 'task') setIsAdding(true);
    }),
  );
  const tasks = found?.tasks ?? [];
  return (
    <section>
      <h3>
        {words.tasks.tasks}
        <span className="spring" />
        {!isAdding && (
          <Button size="small" onClick={() => setIsAdding(true)}>
            {words.tasks.add}
          </Button>
        )}
      </h3>
      {isAdding && (
        <TaskForm
          conversationId={conversationId}
          onDone={() => {
            setIsAdding(false);
            void read();
          }}
        />
      )}
      {found !== null && tasks.length === 0 && !isAdding && <p className="quiet">{words.tasks.noneHere}</p>}
      <TaskRows tasks={tasks} onChanged={read} />
    </section>
  );
}
