import { trainKnowledge } from './knowledge/train-knowledge';
import { type TrainedModel, type Training, trainModel } from './recognizer';

/** Learns intents, or the knowledge where there are passages of answers. Seconds: to be called off the main thread. */
export const learn = ({ passages, ...training }: Training, version: string): TrainedModel =>
  passages ? trainKnowledge({ ...training, passages }, version) : trainModel(training, version);
