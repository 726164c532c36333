import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAccount } from '../../src/accounts/accounts';
import { writeAudit } from '../../src/accounts/audit';
import { registerSkills } from '../../src/accounts/routes-skills';
import { readSkills } from '../../src/accounts/skills';
import { createTakeFile } from '../../src/compose/messages';
import { createCheckPick } from '../../src/compose/pick';
import type { Activity } from '../../src/contract/activity';
import { agentMeans } from '../../src/contract/agent-means';
import type { CallOutcome } from '../../src/contract/dialog';
import { checkTransfer } from '../../src/handoff/assign/check-transfer';
import { createPresenceDesk } from '../../src/handoff/assign/presence-desk';
import { createRedisAgentRoster } from '../../src/handoff/assign/redis-agent-roster';
import { createRedisAssigner } from '../../src/handoff/assign/redis-assigner';
import { createDesk, type Desk } from '../../src/handoff/desk';
import { checkGuest } from '../../src/handoff/guests/check-guest';
import { registerGuests } from '../../src/handoff/guests/routes-guests';
import { registerFiles } from '../../src/handoff/messages/routes-files';
import { registerRecall } from '../../src/handoff/messages/routes-recall';
import { createQueueHandlers } from '../../src/handoff/queue-handlers';
import { createRedisAgentQueue } from '../../src/handoff/redis-agent-queue';
import { createRedisAssignments } from '../../src/handoff/redis-assignments';
import { createRedisDeskNews } from '../../src/handoff/redis-desk-news';
import { registerAgents } from '../../src/handoff/routes';
import type { OrderDesk } from '../../src/handoff/routes-orders';
import { registerPresence } from '../../src/handoff/routes-presence';
import { createFolderFileStore } from '../../src/records/files';
import { createWriteRecords } from '../../src/records/write-records';
import { createShiftEnd } from '../../src/rosters/shift-end';
import { createConversationTurn } from '../../src/turns/conversation/conversation-turn';
import { connectRedis } from '../../src/turns/redis';
import { type AccountsHost, startAccountsHost } from '../accounts/host';
import { smallContent } from '../support/conversation';
import { shippedPolicies, shippedRouting } from '../support/policies';
import { messageEntry, silent, startTestNode, type TestNode, until } from '../support/turns';

/** A node that runs the real turn of conversations on a small content, and feeds the real queue. */
export async function startHandoffNode(redisUrl: string, options: Parameters<typeof startTestNode>[1] = {}) {
  const redis = connectRedis(redisUrl);
  const queue = createRedisAgentQueue(redis);
  const assignments = createRedisAssignments(redis);
  const roster = createRedisAgentRoster(redis);
  const assigner = createRedisAssigner(redis);
  const news = await createRedisDeskNews(redis, silent);
  let answerCalls: (outcome: CallOutcome) => void = () => undefined;
  const answered = new Promise<CallOutcome>((resolve) => {
    answerCalls = resolve;
  });
  const node = await startTestNode(redisUrl, {
    turn: createConversationTurn({
      timeZone: 'Asia/Shanghai',
      policies: shippedPolicies,
      routing: shippedRouting,
      pickContent: (version) => smallContent(version ?? 'v1'),
    }),
    handlers: {
      ...createQueueHandlers(queue, news),
      // A line test that is answered at the end only: until then the call is open.
      'operator.line-test': { mustComplete: false, run: () => answered },
    },
    isStaffed: () => true,
    ...options,
  });
  const desk = createDesk({
    engine: node.engine,
    store: node.store,
    queue,
    assignments,
    isNamed: async () => false,
    clock: Date.now,
  });
  let serial = 0;
  const say = async (conversationId: string, text: string) => {
    serial += 1;
    const entry = messageEntry(conversationId, `m${serial}`, text);
    await node.engine.accept(conversationId, entry, { isLogged: true });
    await node.engine.outcome(conversationId, entry.turnId, 5000);
  };
  return {
    redis,
    queue,
    assignments,
    roster,
    assigner,
    news,
    node,
    desk,
    say,
    /** A customer who waits for a human, as the queue shows. */
    async queued(conversationId: string, ...before: string[]) {
      for (const text of before) await say(conversationId, text);
      await say(conversationId, '人工');
      await until(async () => (await queue.position(conversationId)) !== null);
    },
    texts: async (conversationId: string) =>
      (await node.store.readLog(conversationId, 0, 500)).map(({ activity }) => activity.text ?? ''),
    async stop() {
      answerCalls({ type: 'timeout' });
      await node.stop();
      await news.close();
      redis.disconnect();
    },
  };
}
export type HandoffNode = Awaited<ReturnType<typeof startHandoffNode>>;

export interface DeskHost extends HandoffNode {
  accounts: AccountsHost;
  node: TestNode;
  desk: Desk;
  /** What the routes were told about work orders. */
  transitions: unknown[];
  /** How much later than now recalling believes to be. */
  recallLate: { ms: number };
}

const both = { zh: '故障', en: 'Fault' };

/** The agents' API over HTTP: real accounts, real turns, real stores; work orders are played. */
export async function startDeskHost(redisUrl: string): Promise<DeskHost> {
  const accounts = await startAccountsHost();
  const host = await startHandoffNode(redisUrl, { writeRecords: createWriteRecords(accounts.db) });
  const transitions: unknown[] = [];
  const recallLate = { ms: 0 };
  const orders: OrderDesk = {
    readOrder: async (number) => (number === 'F1' ? { number, phone: '13800138000', version: 1 } : null),
    ordersOf: async () => [{ number: 'F1', phone: '13800138000' }],
    transitionOrder: async (transition) => {
      transitions.push(transition);
      if (transition.number !== 'F1') return { status: 'not-found' };
      if (transition.version !== 1) return { status: 'conflict' };
      if (transition.to === 'registered') return { status: 'not-allowed' };
      return { status: 'changed', order: { number: 'F1', status: transition.to } };
    },
    createOrder: async (order) => {
      transitions.push(order);
      return { number: 'F2' };
    },
    commentOrder: async (comment) => {
      transitions.push(comment);
      return comment.number === 'F1'
        ? { status: 'changed', order: { number: 'F1' } }
        : { status: 'not-found' };
    },
    pauseOrder: async (act) => {
      transitions.push(act);
      return act.version === 1 ? { status: 'changed', order: { number: 'F1' } } : { status: 'too-late' };
    },
    resumeOrder: async () => ({ status: 'not-allowed' }),
    ruleOnPause: async (act) => {
      transitions.push(act);
      return { status: 'changed', order: { number: 'F1' } };
    },
    draftReply: async (act) => {
      transitions.push(act);
      return { status: 'changed', order: { number: 'F1' } };
    },
    ruleOnReply: async (act) => {
      transitions.push(act);
      return act.isApproved ? { status: 'own-reply' } : { status: 'changed', order: { number: 'F1' } };
    },
    readEvidence: async () => [
      {
        type: 'message',
        timestamp: '2026-11-24T02:00:00.000Z',
        from: { id: 'u', role: 'user' },
        text: '13800138000',
        attachments: [{ contentType: 'image/png', contentUrl: '/files/bill.png' }],
      },
    ],
    explainClocks: async (number) => [{ of: number }],
  };
  registerAgents(accounts.server, {
    desk: host.desk,
    queue: host.queue,
    store: host.node.store,
    requirePermission: accounts.requirePermission,
    orders,
    mask: (text) => text.replace(/\d{17}[\dX]/g, '[证件号]'),
    explainClock: ({ subject }) => ({ subject, status: 'running', dueAt: 99 }),
    sendWindowOf: async () => null,
    bulletinsOf: async () => [],
    describeBot: () => ({ dialogs: [], resumeSteps: [], misunderstood: 0, upsetAt: null }),
    dispositions: { services: [{ id: 'fault', name: both, results: [{ id: 'solved', name: both }] }] },
    signFiles: (activity: Activity) => activity,
    deliveriesOf: async () =>
      new Map([['sent-late', { state: 'held', reason: 'quota', mayBeDouble: false } as const]]),
    audit: (entry) => writeAudit(accounts.db, { ...entry, at: accounts.time.now }),
    checkPick: createCheckPick({ ...host, routing: shippedRouting }, host.desk),
    checkTransfer: (to, from) => checkTransfer({ ...host, routing: shippedRouting }, to, from),
    log: silent,
  });
  const nameOf = async (id: string) => {
    const account = await findAccount(accounts.db, { id });
    return account && account.role !== 'auditor' ? account.name : null;
  };
  registerGuests(accounts.server, {
    ...host,
    requirePermission: accounts.requirePermission,
    checkGuest: (guestId, from) => checkGuest({ ...host, nameOf }, guestId, from),
    audit: (entry) => writeAudit(accounts.db, { ...entry, at: accounts.time.now }),
    log: silent,
  });
  registerFiles(accounts.server, {
    ...host,
    requirePermission: accounts.requirePermission,
    takeFile: createTakeFile(createFolderFileStore(await mkdtemp(join(tmpdir(), 'desk-files-')))),
    filesOf: async ({ channel }) => agentMeans[channel].files,
    log: silent,
  });
  registerRecall(accounts.server, {
    ...host,
    store: host.node.store,
    requirePermission: accounts.requirePermission,
    audit: (entry) => writeAudit(accounts.db, { ...entry, at: accounts.time.now }),
    clock: () => Date.now() + recallLate.ms,
    log: silent,
  });
  const presence = createPresenceDesk({
    ...host,
    routing: shippedRouting,
    readSkills: (accountId) => readSkills(accounts.db, accountId),
    shiftEndOf: createShiftEnd(accounts.db),
    clock: Date.now,
    timeZone: 'Asia/Shanghai',
  });
  registerPresence(accounts.server, {
    ...host,
    presence,
    routing: shippedRouting,
    requirePermission: accounts.requirePermission,
    onPresence: async () => undefined,
    log: silent,
  });
  registerSkills(accounts.server, {
    db: accounts.db,
    groupIds: shippedRouting.groups.map(({ id }) => id),
    onSkills: presence.learn,
    requirePermission: accounts.requirePermission,
    clock: Date.now,
    log: silent,
  });
  return {
    ...host,
    accounts,
    transitions,
    recallLate,
    async stop() {
      await host.stop();
      await accounts.stop();
    },
  };
}
