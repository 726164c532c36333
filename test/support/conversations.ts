import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONVERSATIONS, parseConversations } from '../../src/rehearsal/conversations';

const folder = join(__dirname, '../..', CONVERSATIONS);
const texts = readdirSync(folder).map((name): [string, string] => [
  `${CONVERSATIONS}/${name}`,
  readFileSync(join(folder, name), 'utf8'),
]);

/** The scripted conversations that ship, and what calls come to in them. */
export const shippedConversations = parseConversations(Object.fromEntries(texts));
if (shippedConversations.problems.length > 0) throw new Error(JSON.stringify(shippedConversations.problems));
