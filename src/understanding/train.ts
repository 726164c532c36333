import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors';
import type { TrainedModel, Training } from './recognizer';
import { readModel } from './store-model';

/** What the worker is given. */
export interface TrainingTask {
  training: Training;
  version: string;
}

/** Where the worker's code lies and with which flags it is started; the defaults are right for the built server. */
export interface WorkerPlace {
  file: string;
  execArgv?: string[];
}

/** A thread takes no TypeScript: where this file runs from source, as in tests, the built worker serves. */
const folder = extname(__filename) === '.ts' ? join(__dirname, '../../dist/understanding') : __dirname;
const builtWorker: WorkerPlace = { file: join(folder, 'train-worker.js') };

/**
 * Trains in a thread of its own, so that a running server goes on answering; its memory goes with the thread. Rejects
 * with `internal` when the thread fails.
 */
export function trainInWorker(
  training: Training,
  version: string,
  place: WorkerPlace = builtWorker,
): Promise<TrainedModel> {
  const task: TrainingTask = { training, version };
  return new Promise((resolve, reject) => {
    const worker = new Worker(place.file, { workerData: task, execArgv: place.execArgv });
    const fail = (cause: unknown) =>
      reject(
        new AppError(
          'internal',
          'The intents could not be learned; the version is not used. See the cause; start again.',
          { cause },
        ),
      );
    worker.once('message', (bytes: Uint8Array) => {
      try {
        resolve(readModel(Buffer.from(bytes)));
      } catch (cause) {
        // A worker of another build: thrown here it would end the server.
        fail(cause);
      }
    });
    worker.once('error', fail);
    worker.once('exit', (code) => {
      if (code !== 0) fail(new Error(`the training thread ended with ${code}`));
    });
  });
}
