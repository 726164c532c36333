import { join } from 'node:path';
import { listAccounts } from '../accounts/accounts';
import { writeAudit } from '../accounts/audit';
import type { RequirePermission } from '../accounts/guard';
import type { Worker } from '../accounts/permissions';
import { hidePersonal } from '../channels/app-push/mask-text';
import type { Content } from '../content/content';
import { loadDispositions } from '../content/load-dispositions';
import { loadOwnPages } from '../content/load-own-pages';
import type { ConversationState } from '../contract/conversation';
import type { BotPart } from '../contract/handoff';
import { areaOf } from '../dialogs/knowledge/area-of';
import { findSimilar } from '../handoff/aids/find-similar';
import { registerAids } from '../handoff/aids/routes';
import type { Desk } from '../handoff/desk';
import { type Dispositions, solvedCodes } from '../handoff/dispositions';
import type { Live } from '../handoff/live/gateway';
import { registerOwnPages } from '../handoff/own-pages/routes';
import { listIncidents } from '../incidents/read-incidents';
import { deleteCannedReply, readCannedReplies, writeCannedReply } from '../records/desk/canned-replies';
import { addNote, MENTION_MS, readMentions, readNotes } from '../records/desk/notes';
import { readPastSessions } from '../records/desk/past-sessions';
import { readSolvedCases } from '../records/desk/solved-cases';
import { describeBot } from '../turns/conversation/describe-bot';
import { rankCases } from '../understanding/knowledge/rank-cases';
import type { Edge } from './channels';
import type { Engine } from './engine';

const SHIPPED = join(__dirname, '..', '..');
/** Open incidents of a whole operator are few. */
const INCIDENTS = 500;

/** What agents may file a conversation under. Throws `bad-content`. */
export const openDispositions = ({ config }: Pick<Engine, 'config'>): Dispositions =>
  loadDispositions(config.CONTENT_DIR ?? SHIPPED, SHIPPED);

/** The version that a conversation is on; the current one while this node fetches it, since an agent is only shown it. */
function contentOf({ content }: Engine, { session }: ConversationState): Content {
  try {
    return session ? content.pick(session.contentVersion) : content.current;
  } catch {
    return content.current;
  }
}

export const createDescribeBot =
  (engine: Engine) =>
  (state: ConversationState): BotPart =>
    describeBot(contentOf(engine, state), state, {
      timeZone: engine.config.TIME_ZONE,
      now: engine.clock(),
    });

/** Half a year: what helped before may have changed since. */
const SIMILAR_MS = 180 * 24 * 3600_000;
const SIMILAR_LINES = 60;

/** Solved cases of others, told without who they were. */
function createFindSimilar(engine: Engine, dispositions: Dispositions) {
  const { db, clock, content, node } = engine;
  const codes = solvedCodes(dispositions);
  const findEntities = (text: string) =>
    content.current.understand(text, { now: clock(), localeHint: null }).entities;
  return (worker: Worker, state: ConversationState) =>
    findSimilar(
      {
        readCases: (conversationId) =>
          readSolvedCases(db, { codes, since: clock() - SIMILAR_MS, conversationId }),
        rank: rankCases,
        async readLines(id) {
          const last = await node.store.lastPosition(id);
          return node.store.readLog(id, Math.max(0, last - SIMILAR_LINES), SIMILAR_LINES);
        },
        hide: (text, names) => hidePersonal(text, names, findEntities),
      },
      worker,
      state,
    );
}

/** What helps agents beside the conversation itself. */
export function startAids(
  engine: Engine,
  { server, mask }: Edge,
  deps: { desk: Desk; live: Live; requirePermission: RequirePermission; dispositions: Dispositions },
): void {
  const { db, clock, log } = engine;
  const { live } = deps;
  registerAids(server, {
    ...deps,
    notes: {
      read: (conversationId) => readNotes(db, conversationId),
      add: (note) => addNote(db, note),
      mentionsOf: (accountId) => readMentions(db, { accountId, since: clock() - MENTION_MS }),
      tell({ conversationId, mentions, by }) {
        live.tellWatchers(conversationId, 'notes', { conversationId });
        for (const accountId of mentions) live.tell({ accountId }, 'mention', { conversationId, by });
      },
    },
    cannedReplies: {
      read: (accountId) => readCannedReplies(db, accountId),
      write: (wanted, accountId) => writeCannedReply(db, wanted, { accountId, at: clock() }),
      remove: (reply) => deleteCannedReply(db, reply),
    },
    pastSessions: (conversationId) => readPastSessions(db, conversationId),
    async incidentsIn(areas) {
      const open = areas.length > 0 ? await listIncidents(db, { isAll: false, limit: INCIDENTS }) : [];
      const { nameArea } = engine.content.current;
      return open
        .filter(({ area }) => areas.includes(area))
        .map((incident) => ({ ...incident, areaName: nameArea(incident.area) }));
    },
    suggest: (state, locale) => {
      const area = state.dialog ? areaOf(state.dialog) : null;
      const asked = state.lastText.trim();
      return asked === '' ? [] : contentOf(engine, state).findArticles(asked, { now: clock(), area, locale });
    },
    findSimilar: createFindSimilar(engine, deps.dispositions),
    async colleagues() {
      const active = (await listAccounts(db)).filter(({ disabledAt }) => disabledAt === null);
      return active.map(({ id, name, role }) => ({ id, name, role }));
    },
    timeZone: engine.config.TIME_ZONE,
    hasModel: engine.assistant !== null,
    wrapUpSeconds: engine.routing.wrapUp.seconds,
    mask: (text) => mask(text).text,
    clock,
    log,
  });
  registerOwnPages(server, {
    ownPages: loadOwnPages(engine.config.CONTENT_DIR ?? SHIPPED, SHIPPED),
    desk: deps.desk,
    audit: (entry) => writeAudit(db, { ...entry, at: clock() }),
    requirePermission: deps.requirePermission,
    log,
  });
}
