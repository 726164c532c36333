import { writeAudit } from '../accounts/audit';
import type { AccountLinks } from '../accounts/links';
import { readDeliveries } from '../channels/delivery/delivery-view';
import { registerUnanswered } from '../content/routes-unanswered';
import { checkTransfer } from '../handoff/assign/check-transfer';
import { createDesk } from '../handoff/desk';
import { registerAgents } from '../handoff/routes';
import { registerAlarms } from '../handoff/routes-alarms';
import { registerModel } from '../handoff/routes-model';
import { createIncidentDesk } from '../incidents/incident-desk';
import { registerIncidents } from '../incidents/routes';
import { noteAlarmSeen, readAlarms } from '../records/alarms';
import { isNamedIn, MENTION_MS } from '../records/desk/notes';
import { readRatings } from '../records/ratings';
import { readCompliance } from '../records/sla-outcomes';
import { readUnanswered } from '../records/unanswered';
import { registerSatisfaction } from '../satisfaction/routes';
import { explainClock } from '../sla/explain-clock';
import { createOrderDesk } from '../work-orders/order-desk';
import { registerDispatch } from '../work-orders/routes-dispatch';
import { registerReport } from '../work-orders/routes-report';
import { registerAccountRoutes } from './accounts';
import { createDescribeBot, openDispositions, startAids } from './aids';
import { createBulletinsOf, registerBulletinRoutes } from './bulletins';
import { registerChannelAccountRoutes } from './channel-accounts';
import type { Edge } from './channels';
import { startContentEditing } from './content-editing';
import { createSendWindows, startDeskInRealTime } from './desk';
import type { Engine } from './engine';
import { registerFieldWork } from './field';
import { registerInvitations } from './guests';
import { registerMessages } from './messages';
import { operatorDesk } from './operator';
import { registerPeople } from './people';
import { createCheckPick } from './pick';
import { startQuality } from './quality';
import { startRosters } from './rosters';
import { registerLeaders } from './supervision';
import { startTasks } from './tasks';

/** The ways in for agents and admins: accounts and the agents' API. */
export function registerStaff(engine: Engine, edge: Edge): AccountLinks {
  const { server, mask, signFiles } = edge;
  const { links, requirePermission, workerOf, permissions } = registerAccountRoutes(engine, edge);
  const {
    config,
    db,
    clock,
    log,
    node,
    queue,
    assignments,
    wakeOrders,
    wechatSender,
    wecom,
    botSender,
    appPush,
    policies,
  } = engine;
  const { store } = node;
  const desk = createDesk({
    engine: node.engine,
    store,
    queue,
    assignments,
    isNamed: (accountId, conversationId) =>
      isNamedIn(db, { accountId, conversationId, since: clock() - MENTION_MS }),
    clock,
  });
  const live = startDeskInRealTime(engine, edge, { desk, workerOf });
  const dispositions = openDispositions(engine);
  startAids(engine, edge, { desk, live, requirePermission, dispositions });
  registerAgents(server, {
    desk,
    queue,
    store,
    requirePermission,
    orders: createOrderDesk({ ...engine.orders, clock, onEvent: wakeOrders }),
    explainClock: (running) => explainClock(running, clock(), policies.timeZone),
    mask: (text) => mask(text).text,
    signFiles,
    deliveriesOf: (conversationId) =>
      readDeliveries(
        [wechatSender.deliveries, wecom.sender.deliveries, botSender.deliveries, appPush.pushes],
        conversationId,
      ),
    sendWindowOf: createSendWindows(engine),
    bulletinsOf: createBulletinsOf(engine),
    describeBot: createDescribeBot(engine),
    dispositions,
    audit: (entry) => writeAudit(db, { ...entry, at: clock() }),
    checkPick: createCheckPick(engine, desk),
    checkTransfer: (to, from) => checkTransfer(engine, to, from),
    log,
  });
  registerMessages(engine, server, { desk, requirePermission });
  registerInvitations(engine, server, { desk, permissions, requirePermission });
  const presence = registerPeople(engine, { server, requirePermission });
  registerLeaders(engine, edge, { desk, presence, requirePermission });
  startRosters(engine, edge, { desk, presence, requirePermission });
  startTasks(engine, edge, { desk, requirePermission });
  startQuality(engine, edge, requirePermission);
  registerModel(server, { assistant: engine.assistant, desk, store, requirePermission, log });
  registerSatisfaction(server, {
    readRatings: (range) => readRatings(db, { ...range, timeZone: config.TIME_ZONE }),
    requirePermission,
    clock,
    log,
  });
  registerUnanswered(server, {
    readUnanswered: (range) => readUnanswered(db, range),
    requirePermission,
    clock,
    log,
  });
  startContentEditing(engine, edge, requirePermission, permissions);
  registerAlarms(server, {
    readAlarms: (wanted) => readAlarms(db, wanted),
    noteSeen: (seen) => noteAlarmSeen(db, { ...seen, at: clock() }),
    requirePermission,
    log,
  });
  registerDispatch(server, { ...operatorDesk(engine, engine), requirePermission, log });
  registerIncidents(server, {
    incidents: createIncidentDesk({
      db,
      onChange: engine.wakeIncidents,
      nameArea: (area) => engine.content.current.nameArea(area),
    }),
    requirePermission,
    mask: (text) => mask(text).text,
    clock,
    log,
  });
  registerReport(server, {
    readCompliance: (range) => readCompliance(db, range),
    timeZone: policies.timeZone,
    requirePermission,
    log,
  });
  registerBulletinRoutes(engine, edge, requirePermission);
  registerChannelAccountRoutes(engine, edge, requirePermission);
  registerFieldWork(engine, server, requirePermission);
  return links;
}
