import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parseAreas } from '../../src/understanding/entities/address/service-areas';
import { parseIntents, readYamlFolder } from '../../src/understanding/intent-file';
import { parseLexicon } from '../../src/understanding/lexicon';
import type { Example } from '../../src/understanding/model';
import { type TrainedModel, trainModel } from '../../src/understanding/recognizer';
import { learnOnce } from './learn-once';

export const intentFiles = readYamlFolder(join(__dirname, '../../intents'));
export const shippedIntents = parseIntents(intentFiles);

export const shippedExamples: Example[] = shippedIntents.intents.flatMap(({ id, examples }) =>
  [...examples.zh, ...examples.en].map((text) => ({ text, intent: id })),
);

export const shippedLexicon = parseLexicon(readYamlFolder(join(__dirname, '../../intents/entities')));

/** Names of plans, streets and estates, as the server reads them. */
export const shippedNames = {
  lexicon: shippedLexicon.lexicon,
  areas: parseAreas(readYamlFolder(join(__dirname, '../../intents/entities'))).areas,
};

/** What the shipped model is trained on. */
export const shippedTraining = { examples: shippedExamples, lexicon: shippedLexicon.lexicon };

export const answerIntents = new Set(
  shippedIntents.intents.filter(({ role }) => role === 'answer').map(({ id }) => id),
);

export const contentHash = createHash('sha256').update(JSON.stringify(shippedTraining)).digest('hex');

/** The model that ships, as the server would train it. */
export const shippedModel = (): TrainedModel =>
  learnOnce(shippedTraining, () => trainModel(shippedTraining, contentHash));
