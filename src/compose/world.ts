import { setTimeout as pause } from 'node:timers/promises';
import type { AccountBook } from '../channels/accounts/account-book';
import type { BotSender } from '../channels/bot-framework/channel';
import { createWechatSender, type WechatSender } from '../channels/wechat/channel';
import { createForgetHandler } from '../customers/forget-handler';
import { createCustomerHandlers } from '../customers/handlers';
import { createOneTimeCodes } from '../customers/one-time-codes';
import { deriveKey } from '../customers/seal';
import type { AgentQueue } from '../handoff/agent-queue';
import { createAlarmHandlers } from '../handoff/alarm-handler';
import type { AgentRoster } from '../handoff/assign/agent-roster';
import type { Assigner } from '../handoff/assign/assigner';
import { createRedisAgentRoster } from '../handoff/assign/redis-agent-roster';
import { createRedisAssigner } from '../handoff/assign/redis-assigner';
import type { Assignments } from '../handoff/assignments';
import type { DeskNews } from '../handoff/desk-news';
import { createNoteHandlers } from '../handoff/note-handler';
import { createQueueHandlers } from '../handoff/queue-handlers';
import { createRedisAgentQueue } from '../handoff/redis-agent-queue';
import { createRedisAssignments } from '../handoff/redis-assignments';
import { createRedisDeskNews } from '../handoff/redis-desk-news';
import type { Routing } from '../handoff/routing/routing';
import { createFindForOrder } from '../incidents/find-for-order';
import { createIncidentHandlers } from '../incidents/handlers';
import { createEarliestVisit } from '../operator/earliest-visit';
import { createOperatorHandlers } from '../operator/handlers';
import { createListVisits } from '../operator/list-visits';
import { createOrderFacts, type PlaceOf } from '../operator/order-facts';
import { raiseAlarm } from '../records/alarms';
import { addNote } from '../records/desk/notes';
import { createForgetConversation } from '../records/forget-conversation';
import { createRetentionHandlers } from '../retention/handlers';
import type { PolicySet } from '../sla/policy/policies';
import type { CommandHandlers } from '../turns/commands';
import { forgetLog } from '../turns/forget-log';
import type { TurnNode } from '../turns/node';
import { createClosingHandler } from '../work-orders/close-unconfirmed';
import type { CreateDependencies } from '../work-orders/create-order';
import { createWorkOrderHandlers } from '../work-orders/handlers';
import { createOrderNumbers } from '../work-orders/number';
import { zoneOf } from '../zone';
import { openChannelAccounts } from './account-book';
import { forgetBotConversation, openBotSender, withOwnDesk } from './bot-framework';
import type { Foundation } from './foundation';
import { type OperatorSide, openOperator } from './operator';
import { openOffers, openRouting } from './policies';
import { openWecom, type Wecom } from './wecom';

/** An order that is not seen may still be being registered: it is looked for so long before it is refused. */
const FIND_WAIT_MS = 10_000;
const FIND_EVERY_MS = 500;
/** A promise waits no longer for the operator's calendar. */
const VISIT_WAIT_MS = 2000;

/** What is outside of a turn: a turn reaches it by commands only, and these are their handlers. */
export interface World extends OperatorSide {
  /** What is promised. */
  policies: PolicySet;
  earliestVisit: ReturnType<typeof createEarliestVisit>;
  /** Who gets which conversation. */
  routing: Routing;
  /** What making a work order takes. */
  orders: CreateDependencies;
  queue: AgentQueue;
  assignments: Assignments;
  roster: AgentRoster;
  assigner: Assigner;
  news: DeskNews;
  /** Those of the environment and those that admins set up; development adds the ones of its simulators. */
  channelAccounts: AccountBook;
  wechatSender: WechatSender;
  wecom: Wecom;
  botSender: BotSender;
  handlers: CommandHandlers;
}

interface WorldNeeds {
  /** What is promised, always as of today. */
  policies: PolicySet;
  /** Called when a work order has changed. */
  wakeOrders: () => void;
  /** Called when a fault was reported. */
  onReport: () => void;
  /** The service area that an address in words lies in; null where nobody knows. */
  areaOf: (address: string) => string | null;
  placeOf: PlaceOf;
}

/** The node is made with what comes of this. */
export async function openWorld(
  foundation: Foundation,
  { policies, wakeOrders, onReport, areaOf, placeOf }: WorldNeeds,
  node: () => Pick<TurnNode, 'store'>,
): Promise<World> {
  const { config, clock, log, db, redis, keys, files } = foundation;
  const timeZone = config.TIME_ZONE;
  const operatorSide = openOperator(foundation);
  const { operator } = operatorSide;
  const earliestVisit = createEarliestVisit(operator, VISIT_WAIT_MS);
  const codes = createOneTimeCodes({ db, operator, dataKey: keys.dataKey, clock });
  const queue = createRedisAgentQueue(redis);
  const assignments = createRedisAssignments(redis);
  const news = await createRedisDeskNews(redis, log);
  foundation.cleanup.add(news.close);
  const channelAccounts = await openChannelAccounts(foundation);
  const wechatSender = await createWechatSender({
    redis,
    shards: config.SHARDS,
    accounts: channelAccounts.maps.wechat,
    learnAccounts: channelAccounts.refresh,
    fetch,
    files,
    sendText: operator.sendText,
    clock,
    log,
  });
  const wecom = openWecom(foundation, channelAccounts, operator.sendText);
  const botSender = openBotSender(foundation, node);
  const orders = {
    db,
    numbers: createOrderNumbers(deriveKey(keys.dataKey, 'order-number'), timeZone),
    policies,
    earliestVisit,
    findIncident: createFindForOrder(db),
    findFacts: createOrderFacts({ operator, placeOf, limitMs: VISIT_WAIT_MS }),
  };
  const handlers = withOwnDesk(botSender, {
    ...createOperatorHandlers(operator, clock, areaOf),
    ...createRetentionHandlers({
      operator,
      offers: openOffers(foundation),
      zone: zoneOf(timeZone),
      clock,
    }),
    ...createCustomerHandlers(codes, keys.dataKey),
    ...createWorkOrderHandlers({
      ...orders,
      log,
      clock,
      listVisits: createListVisits(operator),
      pause,
      waitMs: FIND_WAIT_MS,
      intervalMs: FIND_EVERY_MS,
      onEvent: wakeOrders,
    }),
    ...createClosingHandler({ db, policies, testLine: operator.testLine, clock, onEvent: wakeOrders }),
    ...createIncidentHandlers({ db, clock, key: deriveKey(keys.dataKey, 'incident-reporter'), onReport }),
    ...createQueueHandlers(queue, news),
    ...createNoteHandlers({ add: (note) => addNote(db, note), news }),
    ...createAlarmHandlers((alarm) => raiseAlarm(db, { number: null, ...alarm })),
    ...wechatSender.handlers,
    ...wecom.sender.handlers,
    ...botSender.handlers,
    ...createForgetHandler({
      forgetRecords: createForgetConversation(db),
      forgetLive: async (conversationId) => {
        await forgetLog(redis, config.SHARDS, conversationId);
        await wechatSender.deliveries.forget(conversationId);
        await wecom.sender.deliveries.forget(conversationId);
        await forgetBotConversation(botSender, conversationId);
      },
    }),
  });
  return {
    policies,
    earliestVisit,
    orders,
    ...operatorSide,
    routing: openRouting(foundation),
    queue,
    assignments,
    roster: createRedisAgentRoster(redis),
    assigner: createRedisAssigner(redis),
    news,
    channelAccounts,
    wechatSender,
    wecom,
    botSender,
    handlers,
  };
}
