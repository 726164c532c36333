import { type BotSender, createBotSender } from '../channels/bot-framework/channel';
import type { HandoffContext } from '../channels/bot-framework/handoff';
import { isBotFramework } from '../channels/bot-framework/references';
import { readBotSettings } from '../channels/bot-framework/settings';
import { abilitiesOf } from '../channels/bot-framework/to-wire';
import { agentMeans } from '../contract/agent-means';
import type { ConversationState, Entry } from '../contract/conversation';
import { DECLINED, queueCommands } from '../contract/handoff';
import { viewOf } from '../handoff/conversation-view';
import type { CommandHandlers } from '../turns/commands';
import type { TurnNode } from '../turns/node';
import type { TurnStore } from '../turns/turn-store';
import { upcastState } from '../turns/upcast';
import type { Foundation } from './foundation';

/** Lines of what was said that the channel's desk is sent; more would be larger than channels take. */
const LINES = 50;

/** The Bot Framework channel's sending half. The node is asked for late: it is made with these handlers. */
export function openBotSender(
  { config, redis, signer, clock, log }: Foundation,
  node: () => Pick<TurnNode, 'store'>,
): BotSender {
  return createBotSender({
    redis,
    shards: config.SHARDS,
    settings: readBotSettings(config),
    fetch,
    signFile: signer.sign,
    readContext: (conversationId) => readContext(node().store, conversationId),
    clock,
    log,
  });
}

/** What an agent of ours would see, for the desk of the channel: where the bot stood and what was said. */
async function readContext(
  store: Pick<TurnStore, 'readState' | 'readLog' | 'lastPosition'>,
  conversationId: string,
): Promise<HandoffContext | null> {
  const state = upcastState(await store.readState(conversationId));
  if (!state) return null;
  const last = await store.lastPosition(conversationId);
  const log = await store.readLog(conversationId, Math.max(0, last - LINES), LINES);
  const view = viewOf({
    state,
    log,
    orders: state.orders,
    deliveries: new Map(),
    isRevealed: true,
    signFiles: (activity) => activity,
  });
  const { locale, verified, shared, dialogs, openCalls, orders, ownership } = view;
  const { reason, priority, since } = ownership;
  return {
    value: { conversationId, locale, reason, priority, since, verified, shared, dialogs, openCalls, orders },
    transcript: log.map(({ position, activity: { type, timestamp, from, text, attachments = [] } }) => ({
      id: String(position),
      type,
      timestamp,
      from: { id: from.role ?? 'user', role: from.role ?? 'user', name: from.name },
      text,
      attachments: attachments.map(({ contentType, name }) => ({ contentType, name })),
    })),
  };
}

const hasOwnDesk = ({ settings }: BotSender): boolean => settings?.handoff === 'channel';

/** Whether the channel's own desk is there for a conversation; once it had nobody, only ours counts. */
export const isServedOutside = (sender: BotSender, conversationId: string, { activity }: Entry): boolean =>
  hasOwnDesk(sender) && isBotFramework(conversationId) && activity.name !== 'agent.decline';

/** With a desk of the channel's own, a conversation that wants a human waits there, and in our queue only after it. */
export function withOwnDesk(sender: BotSender, handlers: CommandHandlers): CommandHandlers {
  const put = handlers['queue.put'];
  if (!hasOwnDesk(sender) || !put) return handlers;
  return {
    ...handlers,
    'queue.put': {
      ...put,
      async run(command) {
        const item = queueCommands['queue.put'].safeParse(command.args).data;
        if (item?.channel !== 'bot-framework' || item.reason === DECLINED) return put.run(command);
        const { id, conversationId, at } = command;
        await sender.deliveries.request(conversationId, {
          id: `${id}:handoff`,
          operation: 'bot-framework.handoff',
          args: { since: item.since },
          at,
        });
        return { type: 'ok', value: null };
      },
    },
  };
}

/** The kinds of files that an agent can send in a conversation: behind this channel are some that show words only. */
export async function agentFilesOf(
  { references }: Pick<BotSender, 'references'>,
  { channel, conversationId }: Pick<ConversationState, 'channel' | 'conversationId'>,
): Promise<readonly string[]> {
  const { files } = agentMeans[channel];
  if (channel !== 'bot-framework') return files;
  const reference = await references.read(conversationId);
  return reference && abilitiesOf(reference.channelId).pictures ? files : [];
}

/** Drops what the channel keeps of a customer. */
export async function forgetBotConversation(
  { deliveries, references }: BotSender,
  conversationId: string,
): Promise<void> {
  await deliveries.forget(conversationId);
  await references.forget(conversationId);
}
