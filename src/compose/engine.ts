import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type BulletinWatch, startBulletinWatch } from '../bulletins/watch-bulletins';
import { type AppPush, createAppPush } from '../channels/app-push/channel';
import { readAppPushSettings } from '../channels/app-push/settings';
import { type ContentChecker, createContentChecker } from '../content/check/checker';
import type { ContentVersions } from '../content/versions';
import type { DeskFacts } from '../contract/conversation';
import type { QueueDuty } from '../handoff/queue-duty';
import type { ModelAssistant } from '../handoff/routes-model';
import { startIncidentWatch } from '../incidents/watch-incidents';
import type { PlaceOf } from '../operator/order-facts';
import { forgetUnanswered } from '../records/unanswered';
import { createWriteRecords } from '../records/write-records';
import { createLivePolicies } from '../sla/policy/live-policies';
import { createConversationTurn } from '../turns/conversation/conversation-turn';
import { startTurnNode, type TurnNode } from '../turns/node';
import { countPlaces } from '../turns/places';
import { noProbe } from '../turns/probe';
import { MARK_TTL_MS } from '../turns/redis-turn-store';
import { startLoop } from '../turns/shard-duty';
import { createEventsRelay } from '../work-orders/events-relay';
import { isServedOutside } from './bot-framework';
import { openContent } from './content';
import { canIdentify, createCustomerLinks } from './customers';
import type { Foundation } from './foundation';
import { startHandoff } from './handoff';
import { createModelAssistant, openModelDesk } from './language-model';
import { startDispatch } from './operator';
import { followPolicies, openPolicies, watchOrders } from './policies';
import { openWorld, type World } from './world';

const HOUR_MS = 3600_000;
/** A turn is given up before its lease lapses. */
const LEASE_MS = 10_000;
const ABORT_MS = 8_000;

export interface Engine extends Foundation, World {
  node: TurnNode;
  duty: QueueDuty;
  appPush: AppPush;
  wakeOrders: () => void;
  /** Judges reports and carries the news of mass outages at once. */
  wakeIncidents: () => void;
  /** What the bot tells customers at once. */
  bulletins: BulletinWatch;
  content: ContentVersions;
  checker: ContentChecker;
  /** The language model for the desk; null without one. */
  assistant: ModelAssistant | null;
}

interface Late {
  isStaffed: () => boolean;
  deskFacts: (conversationId: string) => DeskFacts | null;
  wakeOrders: () => void;
  judgeReports: () => void;
}

/** Content, the world outside, the turn engine and the duties beside it. */
export async function startEngine(foundation: Foundation): Promise<Engine> {
  const { config, cleanup } = foundation;
  const checker = createContentChecker();
  cleanup.add(checker.close);
  const content = await openContent(foundation, checker);
  const bulletins = await startBulletinWatch(foundation);
  cleanup.add(bulletins.stop);
  const modelDesk = openModelDesk(foundation);
  // Each of these is made by what comes after the node, and needed by it.
  const late: Late = {
    isStaffed: () => false,
    deskFacts: () => null,
    wakeOrders: () => {},
    judgeReports: () => {},
  };
  const wakeOrders = () => late.wakeOrders();
  const placeOf = createPlaceOf(foundation, content);
  const live = createLivePolicies(openPolicies(foundation, content));
  const needs = {
    policies: live.set,
    wakeOrders,
    onReport: () => late.judgeReports(),
    areaOf: (address: string) => placeOf({ address, area: null }).area,
    placeOf,
  };
  const world = await openWorld(foundation, needs, () => node);
  const links = createCustomerLinks(foundation, {
    operator: world.operator,
    wechat: world,
    content,
    node: () => node,
    onEvent: wakeOrders,
  });
  const appPush = openAppPush(foundation, content, () => node);
  const node: TurnNode = await startTurnNode({
    ...foundation,
    handlers: { ...world.handlers, ...links, ...appPush.handlers },
    limits: {
      shards: config.SHARDS,
      leaseMs: LEASE_MS,
      inboxLimit: config.INBOX_LIMIT,
      userRatePerMinute: config.USER_RATE_PER_MINUTE,
      recordsLimit: config.RECORDS_LIMIT,
      markTtlMs: MARK_TTL_MS,
    },
    turn: createConversationTurn({
      timeZone: config.TIME_ZONE,
      policies: world.policies,
      routing: world.routing,
      isAppPushed: appPush.settings !== null,
      forgetAfterMs: config.FORGET_AFTER_DAYS * 24 * HOUR_MS,
      pickContent: (version, conversation) =>
        version === null ? content.forNew(conversation) : content.pick(version),
      moveOf: content.moveOf,
      canIdentify: canIdentify(world.channelAccounts.maps.wechat),
      advise: modelDesk?.advise,
    }),
    writeRecords: createWriteRecords(foundation.db),
    nodeId: randomUUID(),
    probe: noProbe,
    isStaffed: (conversationId, entry) =>
      late.isStaffed() || isServedOutside(world.botSender, conversationId, entry),
    deskFacts: (conversationId, entry) =>
      isServedOutside(world.botSender, conversationId, entry) ? null : late.deskFacts(conversationId),
    bulletinsFor: bulletins.factsFor,
    abortMs: ABORT_MS,
  });
  cleanup.add(node.close);
  cleanup.add(appPush.start().stop);
  const duty = startDuties(foundation, { world, node, content });
  late.isStaffed = duty.isStaffed;
  late.deskFacts = duty.deskFacts;
  const wakeDispatch = await startDispatch(foundation, world);
  late.wakeOrders = () => {
    duty.wakeOrders();
    wakeDispatch();
  };
  await watchOrders(foundation, world, wakeOrders);
  followPolicies(foundation, world, { content, live }, wakeOrders);
  const incidents = startIncidentWatch({
    ...foundation,
    policies: world.policies,
    timeZone: foundation.config.TIME_ZONE,
    onEvent: wakeOrders,
  });
  cleanup.add(incidents.stop);
  late.judgeReports = incidents.wake;
  const assistant = createModelAssistant(modelDesk, {
    model: config.LLM_MODEL ?? '',
    content: () => content.current,
    clock: foundation.clock,
  });
  return {
    ...foundation,
    ...world,
    node,
    duty,
    appPush,
    bulletins,
    content,
    checker,
    wakeOrders,
    wakeIncidents: incidents.wake,
    assistant,
  };
}

/** Where an address in words lies, as it would be read in a message; the area that is known otherwise comes second. */
const createPlaceOf =
  ({ clock }: Pick<Foundation, 'clock'>, content: ContentVersions): PlaceOf =>
  ({ address, area: given }) => {
    const { current } = content;
    const entities =
      address === null ? [] : current.understand(address, { now: clock(), localeHint: 'zh' }).entities;
    const [said] = entities.flatMap(({ value }) => placeSchema.safeParse(value).data ?? []);
    const area = said?.area ?? given;
    const facts = area === null ? { province: null, settlement: null } : current.areaFacts(area);
    return { area, settlement: facts.settlement, province: facts.province ?? said?.province ?? null };
  };
const placeSchema = z.object({
  full: z.string(),
  area: z.string().optional(),
  province: z.string().optional(),
});

/** Pushes to the operator's app; the node is asked for late, since it is made with their handlers. */
function openAppPush(
  { config, redis, clock, log }: Foundation,
  content: ContentVersions,
  node: () => Pick<TurnNode, 'store'>,
): AppPush {
  return createAppPush({
    redis,
    shards: config.SHARDS,
    settings: readAppPushSettings(config),
    store: () => node().store,
    findEntities: (text) => content.current.understand(text, { now: clock(), localeHint: null }).entities,
    clock,
    log,
  });
}

/** What runs beside the turns: the agents' queue, what happens to work orders, versions in use, old questions. */
function startDuties(
  foundation: Foundation,
  { world, node, content }: { world: World; node: TurnNode; content: ContentVersions },
): QueueDuty & { wakeOrders: () => void } {
  const { config, db, redis, clock, log, cleanup } = foundation;
  const duty = startHandoff(foundation, world, node);
  const relayOrders = createEventsRelay({ db, accept: node.engine.accept, clock, log });
  const orderEvents = startLoop({
    name: 'order events',
    everyMs: 1000,
    log,
    round: async () => (await relayOrders()) > 0,
  });
  cleanup.add(orderEvents.stop);
  const housekeeping = startLoop({
    name: 'content use, old places and questions',
    everyMs: HOUR_MS,
    log,
    round: async () => {
      await content.noteUse();
      // Conversations that nobody goes on with would stay in the count of places until an admin looks.
      await countPlaces(redis, config.SHARDS, clock());
      await forgetUnanswered(db, clock() - config.UNANSWERED_KEEP_DAYS * 24 * HOUR_MS);
      return false;
    },
  });
  cleanup.add(housekeeping.stop);
  return { ...duty, wakeOrders: orderEvents.wake };
}
