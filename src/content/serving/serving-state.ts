import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type HoldUp,
  holdUpSchema,
  rollOutSchema,
  sessionsChoiceSchema,
} from '../../contract/content-editing';

/**
 * Which versions customers get: one row in Postgres that every node reads. Functions here are pure: state in, state out.
 * Times are milliseconds since 1970 UTC.
 */

/** What becomes of sessions of a version that is no longer wanted; those of a version without a move go on with it. */
export const sessionMoveSchema = z.object({
  kind: z.enum(['migrate', 'restart']),
  to: z.string(),
  /** True after an emergency stop: not even what is under way ends on the old version. */
  isStop: z.boolean().optional(),
  /** `dialog/step` of the old version to `dialog/step` of the new one; a step that is not named keeps its name. */
  map: z.record(z.string(), z.string()).default({}),
});
export type SessionMove = z.infer<typeof sessionMoveSchema>;

export type RollOut = z.infer<typeof rollOutSchema>;

export const plannedSchema = z.object({
  version: z.string(),
  at: z.number(),
  accountId: z.string().nullable(),
  sessions: sessionsChoiceSchema,
  map: z.record(z.string(), z.string()),
  rollOut: rollOutSchema.nullable(),
  /** What holds it up since it is due, since when, and when it was tried last; null while nothing does. */
  holdUp: z.object({ since: z.number(), triedAt: z.number(), why: holdUpSchema }).nullable().default(null),
});
export type Planned = z.infer<typeof plannedSchema>;

export const servingStateSchema = z.object({
  current: z.string(),
  /** What was current before, newest first: where an emergency stop goes back to. */
  before: z.array(z.string()),
  /** The version of the files that nodes were started with last. */
  fromFiles: z.string(),
  /** True once somebody has published: new files then wait until an admin takes them. */
  isByHand: z.boolean(),
  /** Files that wait for that, and the files that they were made from; null when there are none. */
  offered: z.object({ version: z.string(), base: z.string() }).nullable(),
  rollOut: rollOutSchema.extend({ version: z.string() }).nullable(),
  planned: plannedSchema.nullable(),
  /** What was scheduled last and could not be published, until something else is or somebody has noted it. */
  missed: z
    .object({ version: z.string(), at: z.number(), endedAt: z.number(), why: holdUpSchema })
    .nullable()
    .default(null),
  /** What nodes are to have ready before it is served. */
  preparing: z.array(z.string()),
  moves: z.record(z.string(), sessionMoveSchema),
  /** Since when versions are no longer what new sessions get. */
  retiredAt: z.record(z.string(), z.number()),
});
export type ServingState = z.infer<typeof servingStateSchema>;

/** The first state: the files that the first node was started with. */
export const firstState = (version: string): ServingState => ({
  current: version,
  before: [],
  fromFiles: version,
  isByHand: false,
  offered: null,
  rollOut: null,
  planned: null,
  missed: null,
  preparing: [],
  moves: {},
  retiredAt: {},
});

const BEFORE = 20;
const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));

/** Makes a version what every new session gets. Sessions of it stay where they are; a share that was tried ends. */
export function makeCurrent(state: ServingState, version: string, now: number): ServingState {
  const tried = state.rollOut?.version;
  const left = [state.current, ...(tried ? [tried] : [])].filter((each) => each !== version);
  const retired = { ...state.retiredAt, ...Object.fromEntries(left.map((each) => [each, now])) };
  const before = [state.current, ...state.before].filter((each, i, all) => all.indexOf(each) === i);
  return {
    ...state,
    current: version,
    before: before.filter((each) => each !== version).slice(0, BEFORE),
    offered: state.offered?.version === version ? null : state.offered,
    rollOut: null,
    missed: null,
    preparing: state.preparing.filter((each) => each !== version),
    moves: without(state.moves, version),
    retiredAt: without(retired, version),
  };
}

export interface Publish {
  sessions: z.infer<typeof sessionsChoiceSchema>;
  map: Record<string, string>;
  rollOut: RollOut | null;
  /** Versions that sessions may be on. */
  live: string[];
}

/** Publishes a version: to a share of new conversations, or to all with a choice for the sessions that run. */
export function publishVersion(
  state: ServingState,
  version: string,
  { sessions, map, rollOut, live }: Publish,
  now: number,
): ServingState {
  const byHand = { ...state, isByHand: true };
  if (rollOut && version !== state.current) {
    const former = state.rollOut && state.rollOut.version !== version ? state.rollOut.version : null;
    const retiredAt = former ? { ...state.retiredAt, [former]: now } : state.retiredAt;
    return {
      ...byHand,
      rollOut: { ...rollOut, version },
      missed: null,
      preparing: state.preparing.filter((each) => each !== version),
      moves: without(state.moves, version),
      retiredAt: without(retiredAt, version),
    };
  }
  const next = makeCurrent(byHand, version, now);
  if (sessions === 'finish') return next;
  const others = [...new Set([...live, state.current, ...(state.rollOut ? [state.rollOut.version] : [])])];
  const moved = others.flatMap((each) =>
    each === version ? [] : [[each, { kind: sessions, to: version, map }] as const],
  );
  return { ...next, moves: { ...next.moves, ...Object.fromEntries(moved) } };
}

/**
 * Takes a version away from everybody at once: new sessions get the one before, running ones begin anew. Null when it
 * is served to nobody, or there is none before it.
 */
export function stopVersion(state: ServingState, version: string, now: number): ServingState | null {
  const known = new Set([state.current, state.rollOut?.version, ...Object.keys(state.retiredAt)]);
  if (!known.has(version)) return null;
  const isCurrent = state.current === version;
  const fallback = isCurrent ? state.before.find((each) => each !== version) : state.current;
  if (fallback === undefined) return null;
  const next = isCurrent ? makeCurrent(state, fallback, now) : state;
  const kept = Object.entries(next.moves).filter(([, { to }]) => to !== version);
  return {
    ...next,
    isByHand: true,
    before: next.before.filter((each) => each !== version),
    rollOut: next.rollOut?.version === version ? null : next.rollOut,
    planned: null,
    moves: {
      ...Object.fromEntries(kept),
      [version]: { kind: 'restart', to: fallback, map: {}, isStop: true },
    },
    retiredAt: { ...next.retiredAt, [version]: next.retiredAt[version] ?? now },
  };
}

/** True for a version that customers have or had. */
export const wasServed = ({ current, rollOut, retiredAt }: ServingState, version: string): boolean =>
  version === current || version === rollOut?.version || Object.hasOwn(retiredAt, version);

/**
 * For how long what is due is tried again, in ms. Blockers seldom go by themselves: a trial that is running does, and a
 * node of an older release. A fault of the server has to be found by somebody first.
 */
export const patienceMs = ({ type }: HoldUp): number => (type === 'blocked' ? 10 : 60) * 60_000;

/** What was due could not be published now: it waits for the next try, or is given up when that took too long. */
export function holdUpPlanned(state: ServingState, why: HoldUp, now: number): ServingState {
  const { planned } = state;
  if (!planned) return state;
  const since = planned.holdUp?.since ?? now;
  if (now - since < patienceMs(why))
    return { ...state, planned: { ...planned, holdUp: { since, triedAt: now, why } } };
  const { version, at } = planned;
  return { ...state, planned: null, missed: { version, at, endedAt: now, why } };
}

/** What becomes of the state at a start with these files. Until somebody has published, they are what customers get. */
export function startWithFiles(state: ServingState, version: string, now: number): ServingState {
  if (state.fromFiles === version) return state;
  const started = { ...state, fromFiles: version };
  const base = state.offered?.base ?? state.fromFiles;
  if (state.isByHand) return { ...started, offered: version === state.current ? null : { version, base } };
  return version === state.current ? started : makeCurrent(started, version, now);
}

/**
 * Leaves out moves from versions that have been past for so long that their sessions begin anew anyway: what they go to
 * need not be kept ready for ever.
 */
export function forgetOver(
  state: ServingState,
  { now, oldMs }: { now: number; oldMs: number },
): ServingState {
  const moves = Object.entries(state.moves);
  const wanted = moves.filter(([version, { isStop }]) => {
    const at = Object.hasOwn(state.retiredAt, version) ? state.retiredAt[version] : undefined;
    return isStop || at === undefined || now - at <= oldMs;
  });
  return wanted.length === moves.length ? state : { ...state, moves: Object.fromEntries(wanted) };
}

/** True for the same conversations on every node and every day: the first 48 bits of a hash. */
function isInShare(conversationId: string, { version, share }: RollOut & { version: string }): boolean {
  const hash = createHash('sha256').update(`${version}\0${conversationId}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48 < share;
}

/** The version that a new session of a conversation gets. */
export function versionForNew(
  { current, rollOut }: ServingState,
  { conversationId, channel }: { conversationId: string; channel: string },
): string {
  if (!rollOut) return current;
  const isMeant = rollOut.channels === null || rollOut.channels.some((each) => each === channel);
  return isMeant && isInShare(conversationId, rollOut) ? rollOut.version : current;
}

/** Whether and how a session leaves its version. One that retired longer ago than `oldMs` begins anew. */
export function moveOf(
  { current, moves, retiredAt }: ServingState,
  version: string,
  { now, oldMs }: { now: number; oldMs: number },
): SessionMove | null {
  const move = Object.hasOwn(moves, version) ? moves[version] : undefined;
  if (move) return move;
  const at = Object.hasOwn(retiredAt, version) ? retiredAt[version] : undefined;
  return at !== undefined && now - at > oldMs ? { kind: 'restart', to: current, map: {} } : null;
}

/** Every version that a node has to have before it can serve this state. */
export const versionsNeeded = ({ current, rollOut, planned, preparing, moves }: ServingState): string[] => [
  ...new Set([
    current,
    ...(rollOut ? [rollOut.version] : []),
    ...Object.values(moves).map(({ to }) => to),
    ...(planned ? [planned.version] : []),
    ...preparing,
  ]),
];
