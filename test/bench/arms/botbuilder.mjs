/**
 * (c) The same questions as a botbuilder ActivityHandler with a WaterfallDialog, its state on the same Redis behind
 * restify. Replies come in the answer to the request (`expectReplies`), so that nothing else is measured with it.
 */
import { createRequire } from 'node:module';
import { Redis } from 'ioredis';
import restify from 'restify';
import { serveArm } from './serve.mjs';

const require = createRequire(import.meta.url);
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
} = require('botbuilder');
const {
  ChoicePrompt,
  DialogSet,
  DialogTurnStatus,
  TextPrompt,
  WaterfallDialog,
} = require('botbuilder-dialogs');

const redis = new Redis(process.env.REDIS_URL);
redis.defineCommand('writeState', {
  numberOfKeys: 1,
  lua: `
local held = redis.call('HGET', KEYS[1], 'etag')
if held and ARGV[1] ~= '*' and held ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'etag', (held or 0) + 1, 'state', ARGV[2])
return 1`,
});

/** botbuilder's Storage interface on Redis, with its optimistic concurrency. */
const storage = {
  async read(keys) {
    const found = {};
    for (const key of keys) {
      const [etag, state] = await redis.hmget(`botbuilder:${key}`, 'etag', 'state');
      if (state) found[key] = { ...JSON.parse(state), eTag: etag };
    }
    return found;
  },
  async write(changes) {
    for (const [key, { eTag, ...state }] of Object.entries(changes)) {
      const written = await redis.writeState(`botbuilder:${key}`, eTag ?? '*', JSON.stringify(state));
      if (!written) throw new Error('state was changed by another turn');
    }
  },
  async delete(keys) {
    for (const key of keys) await redis.del(`botbuilder:${key}`);
  },
};

const conversationState = new ConversationState(storage);
const dialogState = conversationState.createProperty('dialog');
const dialogs = new DialogSet(dialogState);
dialogs.add(new TextPrompt('text'));
dialogs.add(new ChoicePrompt('choice'));
dialogs.add(
  new WaterfallDialog('fault', [
    (step) => step.prompt('text', '请问是哪里的？小区或路名，加上几栋几单元几零几。'),
    async (step) => {
      await step.context.sendActivity('您那片目前没有大面积故障。');
      return step.prompt('choice', '光纤有没有松动或者折弯？', ['没有', '有松动', '不敢动']);
    },
    async (step) => {
      await step.context.sendActivity('测好了：收光低于正常值，需要师傅上门。');
      return step.prompt('choice', '哪个时间方便？', ['第一个', '第二个', '都不方便']);
    },
    (step) => step.prompt('text', '师傅联系您，打哪个电话？'),
    async (step) => {
      await step.context.sendActivity('报好了，单号 F000000。');
      return step.endDialog();
    },
  ]),
);

class FaultBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const dialog = await dialogs.createContext(context);
      const { status } = await dialog.continueDialog();
      if (status === DialogTurnStatus.empty) await dialog.beginDialog('fault');
      await next();
    });
  }

  async run(context) {
    await super.run(context);
    await conversationState.saveChanges(context);
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new FaultBot();
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => serveArm(server.address().port));
