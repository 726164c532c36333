/** The thread of `createContentChecker`: works off tasks as they come, one after the other. */
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../errors';
import { runTask, type Task } from './tasks';

parentPort?.on('message', async ({ id, task }: { id: number; task: Task }) => {
  try {
    parentPort?.postMessage({ id, result: await runTask(task) });
  } catch (error) {
    parentPort?.postMessage({ id, error: messageOf(error) });
  }
});
