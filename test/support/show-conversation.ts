/**
 * Shows a whole conversation while dialogs are written: each line of the standard input is one message of a customer;
 * `>5m` lets time pass, `!name` ends the open call, `#` begins a new conversation with the rest of the line as its
 * settings (JSON of scriptSchema without `lines`).
 *
 *   echo '家里断网了' | node -r ./test/support/register.cjs test/support/show-conversation.ts
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlayer } from '../../src/rehearsal/player';
import { type Line, scriptSchema } from '../../src/rehearsal/script';
import { createRecognizer, trainModel } from '../../src/understanding/recognizer';
import { MODEL_SCHEMA, readModel, writeModel } from '../../src/understanding/store-model';
import { createUnderstand } from '../../src/understanding/understand';
import { shippedConversations } from './conversations';
import { answerIntents, contentHash, shippedNames, shippedTraining } from './intents';
import { shippedKnowledge } from './knowledge';

const cache = join(tmpdir(), `telecom-model-${MODEL_SCHEMA}-${contentHash.slice(0, 16)}`);
if (!existsSync(cache))
  writeFileSync(cache, writeModel(trainModel(shippedTraining, contentHash)), { mode: 0o600 });
const recognizer = createRecognizer(readModel(readFileSync(cache)), { answerIntents });
const understand = createUnderstand({ recognizer, timeZone: 'Asia/Shanghai', ...shippedNames });
const { outcomes } = shippedConversations;

function lineOf(text: string): Line {
  if (text.startsWith('>')) return { wait: text.slice(1).trim() };
  if (text.startsWith('!')) return { result: text.slice(1).trim() };
  if (text.startsWith('@')) return { resume: text.slice(1).trim() || null };
  if (text.startsWith('[图]')) return { say: text.slice(3), attachment: true };
  return { say: text };
}

const { dialogs: set } = shippedKnowledge();
const begin = (settings: string) =>
  createPlayer(
    { set, understand, outcomes },
    scriptSchema.parse({ name: 'shown', lines: [{ say: '' }], ...JSON.parse(settings || '{}') }),
  );

let player = begin('');
for (const text of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  if (text.startsWith('#')) {
    player = begin(text.slice(1));
    console.log(`\n${text}`);
    continue;
  }
  const { understanding, replies, handoffs } = player.play(lineOf(text));
  const frame = player.state.frames.at(-1);
  const meant = understanding?.intents
    .map(({ intent, probability }) => `${intent} ${probability.toFixed(2)}`)
    .join(', ');
  const best = understanding?.candidates
    .map(({ intent, probability }) => `${intent} ${probability.toFixed(2)}`)
    .join(', ');
  const found = understanding?.entities.map(({ type, text: words }) => `${type}=${words}`).join(' ');
  console.log(
    `客户: ${text}    (${meant || `- ${best}`}${found ? ` | ${found}` : ''}${understanding?.danger ? ` | ${understanding.danger}` : ''}${understanding?.isUpset ? ' | upset' : ''})`,
  );
  for (const reply of replies)
    console.log(`  机: ${reply.text} ${reply.quickReplies.map((tap) => `[${tap}]`).join('')}`);
  for (const { reason, priority } of handoffs) console.log(`  >> handoff ${reason} ${priority}`);
  console.log(`     @ ${frame ? `${frame.dialog}/${frame.step}${frame.waiting ? ' …' : ''}` : 'none'}`);
}
