/** The thread of `trainInWorker`: trains on what it was given, answers with the stored form of the model and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { learn } from './learn';
import { writeModel } from './store-model';
import type { TrainingTask } from './train';

// Only trainInWorker starts this thread, and it passes a task.
const { training, version } = workerData as TrainingTask;
parentPort?.postMessage(writeModel(learn(training, version)));
