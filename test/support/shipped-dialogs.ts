import { join } from 'node:path';
import { loadDialogs } from '../../src/dialogs/load';
import { readYamlFolder } from '../../src/understanding/intent-file';
import { shippedIntents } from './intents';

/** Apart from what other tests of dialogs need: to read all of them takes a second. */
export const intentNames = new Map(shippedIntents.intents.map(({ id, name }) => [id, name]));
export const shippedDialogs = loadDialogs({
  files: readYamlFolder(join(__dirname, '../../dialogs')),
  intentNames,
});
