import type { Content } from '../../src/content/content';
import type { Entry } from '../../src/contract/conversation';
import type { Script } from '../../src/rehearsal/script';
import { createConversationTurn } from '../../src/turns/conversation/conversation-turn';
import type { TurnFunction } from '../../src/turns/engine';
import { turnIdOf } from '../../src/turns/keys';
import { connectRedis, type RedisClient } from '../../src/turns/redis';
import { NO_AREAS } from '../../src/understanding/entities/address/service-areas';
import {
  type ModelDesk,
  openLanguageModel,
} from '../../src/understanding/language-model/open-language-model';
import { createRecognizer } from '../../src/understanding/recognizer';
import { createUnderstand } from '../../src/understanding/understand';
import { shippedConversations } from '../support/conversations';
import { TEN } from '../support/dialogs';
import { answerIntents, shippedModel, shippedNames } from '../support/intents';
import { hangsUp, type ModelServer, startModelServer } from '../support/model-server';
import { shippedPolicies } from '../support/policies';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { shippedDialogs } from '../support/shipped-dialogs';
import { size } from '../support/size';
import { silent } from '../support/turns';
import { testSettings } from '../understanding/language-model/settings';

/** Every message of the scripted conversations (of every second one in `npm test`) through the real turn, with a model that is configured and dead. */
const EACH = size({ test: 2, prove: 1 });
const scripts = shippedConversations.conversations.flatMap(({ script }, n) =>
  n % EACH === 0 ? [script] : [],
);
const recognizer = createRecognizer(shippedModel(), { answerIntents });
const understand = createUnderstand({ recognizer, timeZone: 'Asia/Shanghai', ...shippedNames });

function shippedContent(): Content {
  const { set } = shippedDialogs;
  if (!set) throw new Error(JSON.stringify(shippedDialogs.problems));
  const areaFacts = () => ({ province: null, settlement: null });
  return {
    version: 'shipped',
    dialogs: set,
    understand,
    findArticles: () => [],
    policyFiles: {},
    areaFacts,
    nameArea: () => null,
    areas: NO_AREAS,
  };
}

let redisServer: RedisServer;
let redis: RedisClient;
let server: ModelServer;
let desk: ModelDesk;
beforeAll(async () => {
  [redisServer, server] = await Promise.all([startRedisServer(), startModelServer(hangsUp)]);
  redis = connectRedis(redisServer.url);
  const settings = testSettings({ baseUrl: server.url });
  desk = openLanguageModel({ settings, redis, clock: Date.now, timeZone: 'Asia/Shanghai', log: silent });
});
afterAll(async () => {
  desk.close();
  redis.disconnect();
  await Promise.all([redisServer.stop(), server.stop()]);
});

/** The results of a script's messages, one after the other. */
async function play(turn: TurnFunction, script: Script, name: string): Promise<unknown[]> {
  const results: unknown[] = [];
  let state = '';
  for (const [i, line] of script.lines.entries()) {
    if (!('say' in line)) continue;
    const entry: Entry = {
      turnId: turnIdOf(name, `k${i}`),
      key: `k${i}`,
      at: TEN + i * 20_000,
      channel: script.channel,
      customer: null,
      isStaffed: script.staffed,
      sealed: {},
      activity: { type: 'message', text: line.say, from: { id: 'customer' } },
    };
    const result = await turn.run({ conversationId: name, state, entry, position: i + 1 });
    state = JSON.stringify(result.state);
    results.push(result);
  }
  return results;
}

describe('conversations with a language model that is dead', () => {
  it('come to the same, message by message, as without one', async () => {
    const content = shippedContent();
    const settings = { timeZone: 'Asia/Shanghai', policies: shippedPolicies, pickContent: () => content };
    const [without, dead] = [
      createConversationTurn(settings),
      createConversationTurn({ ...settings, advise: desk.advise }),
    ];
    for (const [n, script] of scripts.entries()) {
      expect(await play(dead, script, `script-${n}`)).toEqual(await play(without, script, `script-${n}`));
    }
    // It was asked, until the breaker opened.
    expect(server.asked.length).toBeGreaterThanOrEqual(5);
    expect(server.asked.length).toBeLessThan(scripts.length);
  });
});
