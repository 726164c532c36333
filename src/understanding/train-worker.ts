/** The thread of `trainInWorker`: trains on what it was given, answers with the stored form of the model and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { trainKnowledge } from './knowledge/train-knowledge';
import { trainModel } from './recognizer';
import { writeModel } from './store-model';
import type { TrainingTask } from './train';

// Only trainInWorker starts this thread, and it passes a task.
const { training, version } = workerData as TrainingTask;
const { passages } = training;
const model = passages ? trainKnowledge({ ...training, passages }, version) : trainModel(training, version);
parentPort?.postMessage(writeModel(model));
