import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { AppError } from '../../errors';
import type { WecomAccount } from './account';
import type { WecomApi } from './api';
import type { CursorState, CursorStore } from './cursor-store';
import { type KfInbound, type KfPage, pageSchema, readInbound } from './kf-message';
import type { TakeIn, TakenIn } from './take-in';

/**
 * Fetches what customers wrote, page by page. The cursor moves only after everything of its page is durable, so a crash
 * repeats the page; callbacks say when, and since they may be lost, messages are looked for at a calm pace as well.
 */
export interface SyncDependencies {
  cursors: CursorStore;
  api: Pick<WecomApi, 'syncMessages'>;
  takeIn: TakeIn;
  clock: () => number;
  log: Logger;
  pageLimit?: number;
  /** Between two tries to fetch what could not be fetched. */
  retryMs?: number;
  /** Where a test lets the process die. */
  probe?: (point: SyncPoint) => void;
}

export const SYNC_POINTS = ['wecom-fetched', 'wecom-taken', 'wecom-moved'] as const;
export type SyncPoint = (typeof SYNC_POINTS)[number];

/** Few enough to be taken in while the lock of an account lasts. */
const PAGE_LIMIT = 200;
const RETRY_MS = 5000;
/** The token of the callback is not, or no longer, good: without one it goes too, only rarely. */
const TOKEN_REFUSED = 95007;
/** Customers whose messages are taken in side by side. */
const SIDE_BY_SIDE = 16;
/** Messages of customers who write too much; when more wait, nothing is fetched. */
const DEFERRED_LIMIT = 2000;

interface Waiting {
  inbound: KfInbound;
  /** As it is kept, when it was deferred before. */
  kept: string | null;
  json: string;
}

export function createSync(deps: SyncDependencies) {
  const { cursors, api, takeIn, clock, log, probe = () => undefined } = deps;
  /** By account; of this process, since it is only a matter of pace. */
  const retryAt = new Map<string, number>();

  async function fetchPage(
    account: WecomAccount,
    openKfId: string,
    { cursor, token }: CursorState,
  ): Promise<KfPage | null> {
    const ask = (withToken: boolean) =>
      api.syncMessages(account, {
        open_kfid: openKfId,
        limit: deps.pageLimit ?? PAGE_LIMIT,
        ...(cursor === '' ? {} : { cursor }),
        ...(withToken ? { token } : {}),
      });
    let outcome = await ask(token !== null);
    if (outcome.type === 'refused' && outcome.code === TOKEN_REFUSED && token !== null) {
      await cursors.dropToken(account.name, openKfId);
      outcome = await ask(false);
    }
    if (outcome.type === 'ok') return pageSchema.parse(outcome.value);
    const why = outcome.type === 'refused' ? outcome.code : outcome.reason;
    log.warn({ account: account.name, why }, 'messages of WeCom could not be fetched; they are tried again');
    return null;
  }

  /** One customer's messages in order; once one must wait, so do those behind it. Answers those that now wait. */
  async function takeInOrder(account: WecomAccount, openKfId: string, own: Waiting[]): Promise<string[]> {
    const deferred: string[] = [];
    let isBlocked = false;
    for (const { inbound, kept, json } of own) {
      const mustWait: boolean = isBlocked && inbound.type !== 'event';
      const taken: TakenIn = mustWait ? 'later' : await takeIn(account, inbound);
      isBlocked ||= taken === 'later';
      if (taken === 'later' && kept === null) deferred.push(json);
      if (taken === 'taken' && kept !== null) await cursors.settle(account.name, openKfId, kept);
    }
    return deferred;
  }

  async function takeInAll(account: WecomAccount, openKfId: string, waiting: Waiting[]): Promise<void> {
    const queue = byCustomer(waiting);
    const failures: unknown[] = [];
    const work = async () => {
      for (let own = queue.shift(); own; own = queue.shift()) {
        try {
          const deferred = await takeInOrder(account, openKfId, own);
          await cursors.defer(account.name, openKfId, deferred);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    // The cursor stays: what was taken in is known when it comes again.
    if (failures.length > 0) throw failures[0];
  }

  const readEntry =
    ({ since }: CursorState, openKfId: string) =>
    (entry: unknown, kept: string | null): Waiting[] => {
      const inbound = readInbound(entry);
      if (!inbound || inbound.sentAt < since || inbound.openKfId !== openKfId) return [];
      return [{ inbound, kept, json: kept ?? JSON.stringify(entry) }];
    };

  /** Takes in what waited, and a page when there may be one. True: there may be more. */
  async function step(account: WecomAccount, openKfId: string, holder: string): Promise<boolean> {
    const state = await cursors.read(account.name, openKfId, clock());
    const read = readEntry(state, openKfId);
    const kept = state.deferred.flatMap((json) => read(JSON.parse(json), json));
    if (!mustFetch(account, openKfId, state)) {
      await takeInAll(account, openKfId, kept);
      return false;
    }
    const page = await fetchPage(account, openKfId, state);
    if (page === null) {
      retryAt.set(nameOf(account, openKfId), clock() + (deps.retryMs ?? RETRY_MS));
      return false;
    }
    probe('wecom-fetched');
    await takeInAll(account, openKfId, [...kept, ...page.msg_list.flatMap((entry) => read(entry, null))]);
    probe('wecom-taken');
    const to = page.next_cursor || state.cursor;
    if (!(await cursors.move(account.name, openKfId, { holder, from: state.cursor, to }))) {
      throw new AppError('unavailable', 'Another node has taken over fetching the messages of this account.');
    }
    probe('wecom-moved');
    if (page.has_more === 1 && to !== state.cursor) return true;
    await cursors.finish(account.name, openKfId, state.wanted, clock());
    return (await cursors.read(account.name, openKfId, clock())).wanted !== state.wanted;
  }

  /** A callback told of something, or nobody has looked for a while. */
  function mustFetch(account: WecomAccount, openKfId: string, state: CursorState): boolean {
    const now = clock();
    if (now < (retryAt.get(nameOf(account, openKfId)) ?? 0)) return false;
    if (state.deferred.length > DEFERRED_LIMIT) return false;
    return state.wanted !== state.done || now - state.fetchedAt >= account.pollSeconds * 1000;
  }

  /** Fetches until there is nothing more, on one node at a time. */
  async function fetchAll(account: WecomAccount, openKfId: string): Promise<void> {
    const holder = randomUUID();
    if (!(await cursors.lock(account.name, openKfId, holder))) return;
    try {
      while (await step(account, openKfId, holder));
    } finally {
      await cursors.unlock(account.name, openKfId, holder);
    }
  }

  async function look(account: WecomAccount, openKfId: string): Promise<void> {
    try {
      const state = await cursors.read(account.name, openKfId, clock());
      if (state.deferred.length > 0 || mustFetch(account, openKfId, state)) await fetchAll(account, openKfId);
    } catch (error) {
      log.warn({ err: error, account: account.name }, 'messages of WeCom wait; they are fetched again');
    }
  }

  /** Looks after every account; one that fails holds up no other. */
  return async function round(accounts: Iterable<WecomAccount>): Promise<void> {
    const all = [...accounts].flatMap((account) => account.openKfIds.map((id) => look(account, id)));
    await Promise.all(all);
  };
}

const nameOf = ({ name }: WecomAccount, openKfId: string): string => `${name}/${openKfId}`;

function byCustomer(waiting: Waiting[]): Waiting[][] {
  const all = new Map<string, Waiting[]>();
  for (const each of waiting) {
    const { externalUserId } = each.inbound;
    all.set(externalUserId, [...(all.get(externalUserId) ?? []), each]);
  }
  return [...all.values()];
}
