import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pino, { type Logger } from 'pino';
import { writeAudit } from './accounts/audit';
import { createRequireRole } from './accounts/guard';
import { createAccountLinks } from './accounts/links';
import { registerAccounts } from './accounts/routes';
import { createSignIns } from './accounts/sign-ins';
import { createDirectLine } from './channels/direct-line/conversations';
import { registerDirectLine } from './channels/direct-line/routes';
import { createStreams } from './channels/direct-line/stream';
import { createTokens } from './channels/direct-line/tokens';
import { signAttachments } from './channels/direct-line/uploads';
import { createMask } from './channels/mask';
import { createWechatSender, startWechat } from './channels/wechat/channel';
import { readDeliveries } from './channels/wechat/delivery-view';
import { registerWechatSimulator, SIMULATOR_API } from './channels/wechat/routes-simulator';
import { createSimulatedAccount } from './channels/wechat/simulator/development';
import { createHttpTranscribe } from './channels/wechat/transcribe';
import type { Config } from './config';
import { readContentFiles } from './content/content';
import { createPostgresVersionStore } from './content/version-store';
import { openContentVersions } from './content/versions';
import type { Activity } from './contract/activity';
import { createForgetHandler } from './customers/forget-handler';
import { createCustomerHandlers } from './customers/handlers';
import { createOneTimeCodes } from './customers/one-time-codes';
import { deriveKey, seal } from './customers/seal';
import { createDesk } from './handoff/desk';
import { startQueueDuty } from './handoff/queue-duty';
import { createQueueHandlers } from './handoff/queue-handlers';
import { createRedisAgentQueue } from './handoff/redis-agent-queue';
import { createRedisAssignments } from './handoff/redis-assignments';
import { registerAgents } from './handoff/routes';
import { addressOf } from './http/address';
import { registerFiles } from './http/files';
import { answers, registerHealth } from './http/health';
import { createOriginCheck } from './http/origins';
import { registerPages, registerRedirect } from './http/pages';
import { createHttpServer, listen } from './http/server';
import { type Cleanup, createCleanup } from './launch/cleanup';
import { readKeys } from './launch/keys';
import { openStores } from './launch/open-stores';
import { writeRunFile } from './launch/run-file';
import { createOperatorHandlers } from './operator/handlers';
import { registerSimulatorPage } from './operator/routes';
import { createSimulatedOperator } from './operator/simulated-operator';
import { connectDatabase } from './records/database';
import { createFileSigner, createFolderFileStore } from './records/files';
import { createForgetConversation } from './records/forget-conversation';
import { checkMigrated, migrate } from './records/migrate';
import { readOwnerships } from './records/read-ownerships';
import { createWriteRecords } from './records/write-records';
import { createConversationTurn } from './turns/conversation/conversation-turn';
import { forgetLog } from './turns/forget-log';
import { startTurnNode } from './turns/node';
import { noProbe } from './turns/probe';
import { connectRedis } from './turns/redis';
import { MARK_TTL_MS } from './turns/redis-turn-store';
import { startLoop } from './turns/shard-duty';
import { registerVisitors } from './web-visitors/routes';
import { createVisitors } from './web-visitors/visitors';
import { createEventsRelay } from './work-orders/events-relay';
import { createWorkOrderHandlers } from './work-orders/handlers';
import { createOrderNumbers } from './work-orders/number';
import { createOrderDesk } from './work-orders/order-desk';

/** A running server. */
export interface App {
  url: string;
  isDevelopment: boolean;
  /** A one-time link by which the first admin makes an account; null once there is one. */
  firstAdminLink: string | null;
  close(): Promise<void>;
}

const HOUR_MS = 3600_000;
/** An order that is not seen may still be being registered: it is looked for so long before it is refused. */
const FIND_WAIT_MS = 10_000;
const FIND_EVERY_MS = 500;
/** A turn is given up before its lease lapses. */
const LEASE_MS = 10_000;
const ABORT_MS = 8_000;
/** A voice message is heard before it is accepted, within the five seconds of WeChat. */
const TRANSCRIBE_MS = 2_500;

/** Composes the server from its settings: this function reads as the picture of the system. */
export async function startApp(config: Config, say: (text: string) => void): Promise<App> {
  const log = pino({ level: config.LOG_LEVEL });
  const cleanup = createCleanup((error) => log.warn({ err: error }, 'a part did not end cleanly'));
  try {
    return { ...(await compose(config, { log, say, cleanup })), close: cleanup.run };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function compose(
  config: Config,
  { log, say, cleanup }: { log: Logger; say: (text: string) => void; cleanup: Cleanup },
): Promise<Omit<App, 'close'>> {
  const clock = Date.now;
  const timeZone = config.TIME_ZONE;
  let url = '';
  const baseUrl = () => config.PUBLIC_URL ?? url;

  // Stores: Redis for what is live, Postgres for what is kept, a folder for files.
  const stores = await openStores(config, say);
  cleanup.add(stores.close);
  stores.onLoss((name, lastWords) => log.fatal({ lastWords }, `${name} has ended; restart the server`));
  const keys = readKeys(config, stores.localKeys);
  const db = connectDatabase(stores.databaseUrl, (error) =>
    log.warn({ err: error }, 'Postgres connection lost'),
  );
  cleanup.add(() => db.destroy());
  const redis = connectRedis(stores.redisUrl);
  redis.on('error', (error) => log.warn({ reason: error.message }, 'Redis connection lost'));
  cleanup.add(() => redis.disconnect());
  await migrate(db);
  const files = createFolderFileStore(join(stores.dataDir, 'files'));
  const signer = createFileSigner(keys.tokenKey, baseUrl, clock);

  // What the bot knows and says, in every version that a session may be pinned to.
  const content = await openContentVersions({
    files: readContentFiles(config.CONTENT_DIR ?? join(__dirname, '..')),
    store: createPostgresVersionStore(db),
    folder: join(stores.dataDir, 'content'),
    timeZone,
    clock,
    log,
    say,
  });

  // The world outside a turn: operator, one-time codes, work orders, the agents' queue.
  const operator = createSimulatedOperator({
    seed: config.OPERATOR_SEED,
    clock,
    timeZone,
    lineTestMs: config.OPERATOR_LINE_TEST_MS,
  });
  const codes = createOneTimeCodes({ db, operator, dataKey: keys.dataKey, clock });
  const queue = createRedisAgentQueue(redis);
  const assignments = createRedisAssignments(redis);
  let isStaffed = () => false;
  let wakeOrders: () => void = () => undefined;
  const handlers = {
    ...createOperatorHandlers(operator),
    ...createCustomerHandlers(codes, keys.dataKey),
    ...createWorkOrderHandlers({
      db,
      log,
      clock,
      numbers: createOrderNumbers(deriveKey(keys.dataKey, 'order-number'), timeZone),
      promiseMinutes: {
        fault: config.FAULT_PROMISE_MINUTES,
        installation: config.INSTALLATION_PROMISE_MINUTES,
        complaint: config.COMPLAINT_PROMISE_MINUTES,
      },
      pause,
      waitMs: FIND_WAIT_MS,
      intervalMs: FIND_EVERY_MS,
      onEvent: () => wakeOrders(),
    }),
    ...createQueueHandlers(queue),
  };

  // What must be sent to customers, since they do not come for it.
  const wechatAccounts = new Map(config.WECHAT_ACCOUNTS.map((account) => [account.name, account]));
  const wechatSender = await createWechatSender({
    redis,
    shards: config.SHARDS,
    accounts: wechatAccounts,
    fetch,
    files,
    sendText: operator.sendText,
    clock,
    log,
  });

  // The turn engine.
  const node = await startTurnNode({
    redis,
    limits: {
      shards: config.SHARDS,
      leaseMs: LEASE_MS,
      inboxLimit: config.INBOX_LIMIT,
      userRatePerMinute: config.USER_RATE_PER_MINUTE,
      recordsLimit: config.RECORDS_LIMIT,
      markTtlMs: MARK_TTL_MS,
    },
    turn: createConversationTurn({
      timeZone,
      queueWaitMs: config.QUEUE_WAIT_SECONDS * 1000,
      forgetAfterMs: config.FORGET_AFTER_DAYS * 24 * HOUR_MS,
      pickContent: (version) => (version === null ? content.current : content.pick(version)),
    }),
    handlers: {
      ...handlers,
      ...wechatSender.handlers,
      ...createForgetHandler({
        forgetRecords: createForgetConversation(db),
        forgetLive: async (conversationId) => {
          await forgetLog(redis, config.SHARDS, conversationId);
          await wechatSender.deliveries.forget(conversationId);
        },
      }),
    },
    writeRecords: createWriteRecords(db),
    nodeId: randomUUID(),
    log,
    probe: noProbe,
    clock,
    isStaffed: () => isStaffed(),
    abortMs: ABORT_MS,
  });
  cleanup.add(node.close);
  const duty = startQueueDuty({
    queue,
    assignments,
    readOwnerships: () => readOwnerships(db),
    isKnown: async (conversationId) => (await node.store.channelOf(conversationId)) !== null,
    log,
  });
  isStaffed = duty.isStaffed;
  cleanup.add(duty.stop);
  const relayOrders = createEventsRelay({ db, accept: node.engine.accept, clock, log });
  const orderEvents = startLoop({
    name: 'order events',
    everyMs: 1000,
    log,
    round: async () => (await relayOrders()) > 0,
  });
  wakeOrders = orderEvents.wake;
  cleanup.add(orderEvents.stop);
  const housekeeping = startLoop({
    name: 'content use',
    everyMs: HOUR_MS,
    log,
    round: async () => {
      await content.noteUse();
      return false;
    },
  });
  cleanup.add(housekeeping.stop);

  // HTTP: channels, pages, agents.
  const server = createHttpServer();
  cleanup.add(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      }),
  );
  const origins = createOriginCheck(baseUrl, config.WEB_ORIGINS);
  const tokens = createTokens(keys.tokenKey, clock);
  const mask = createMask((plain) => seal(keys.dataKey, plain));
  const signFiles = (activity: Activity) => signAttachments(activity, signer.sign);
  const directLine = createDirectLine({
    engine: node.engine,
    store: node.store,
    tokens,
    clock,
    mask,
    signFiles,
    socketUrl: () => baseUrl().replace(/^http/, 'ws'),
  });
  registerDirectLine(server, {
    directLine,
    tokens,
    secrets: keys.secrets,
    files,
    isAllowedOrigin: origins.isAllowed,
    log,
  });
  const streams = createStreams(server.server, {
    directLine,
    store: node.store,
    tokens,
    isAllowedOrigin: origins.isAllowed,
    log,
    probe: noProbe,
  });
  cleanup.add(streams.close);
  node.onTurn(streams.push);
  node.onHint((conversationId, position, isWorking) => {
    streams.notice(conversationId, position);
    if (isWorking) streams.showTyping(conversationId, { id: 'bot', role: 'bot' });
  });
  const wechat = startWechat(server, wechatSender, {
    node,
    mask,
    transcribe: config.TRANSCRIBE_URL
      ? createHttpTranscribe({
          fetch,
          url: config.TRANSCRIBE_URL,
          dialect: config.TRANSCRIBE_DIALECT,
          timeoutMs: TRANSCRIBE_MS,
        })
      : null,
    budgetMs: config.WECHAT_REPLY_BUDGET_MS,
  });
  cleanup.add(wechat.stop);
  registerFiles(server, files, signer, log);
  registerVisitors(server, {
    visitors: createVisitors(redis),
    tokens,
    redis,
    isAllowedOrigin: origins.isAllowed,
    addressOf: (request) => addressOf(request, config.TRUSTED_PROXIES),
    perMinute: config.VISITOR_RATE_PER_MINUTE,
    log,
  });
  registerPages(server, '/chat', join(__dirname, 'web', 'chat'));
  registerRedirect(server, '/', '/chat');
  const signIns = createSignIns({ db, clock });
  const links = createAccountLinks({ db, clock, baseUrl });
  const ownOrigins = origins.own;
  const requireRole = createRequireRole({ signIns, ownOrigins });
  const isSecure = config.NODE_ENV === 'production';
  registerAgents(server, {
    desk: createDesk({ engine: node.engine, store: node.store, queue, assignments, clock }),
    queue,
    store: node.store,
    requireRole,
    orders: createOrderDesk({ db, clock, onEvent: () => wakeOrders() }),
    mask: (text) => mask(text).text,
    signFiles,
    deliveriesOf: (conversationId) => readDeliveries(wechatSender.deliveries, conversationId),
    audit: (entry) => writeAudit(db, { ...entry, at: clock() }),
    onPresence: duty.refresh,
    log,
  });
  registerAccounts(server, { db, signIns, links, requireRole, ownOrigins, isSecure, clock, log });
  let openSimulator: () => void = () => undefined;
  if (config.NODE_ENV !== 'production') {
    registerSimulatorPage(server, { sentCodes: operator.sentCodes, timeZone, log });
    const simulated = createSimulatedAccount({ key: keys.dataKey, ownUrl: () => url, clock });
    registerWechatSimulator(server, { ...simulated, log });
    openSimulator = () => {
      const { account } = simulated;
      wechatAccounts.set(account.name, { ...account, apiBase: `${url}${SIMULATOR_API}` });
    };
  }
  registerHealth(server, [
    answers('Redis', () => redis.ping()),
    answers('Postgres and its migrations', () => checkMigrated(db)),
  ]);
  const port = await listen(server, config.HOST, config.PORT);
  url = `http://${config.HOST}:${port}`;
  openSimulator();
  const { databaseUrl, redisUrl } = stores;
  cleanup.add(writeRunFile(stores.dataDir, { url: baseUrl(), databaseUrl, redisUrl }));
  const isDevelopment = config.NODE_ENV !== 'production';
  return { url: baseUrl(), isDevelopment, firstAdminLink: await links.createFirstAdminLink() };
}
