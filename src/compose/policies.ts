import { join } from 'node:path';
import type { Content } from '../content/content';
import { loadAgentWords } from '../content/load-agent-words';
import { loadPolicies, readPolicies } from '../content/load-policies';
import { loadRetention } from '../content/load-retention';
import { loadRouting } from '../content/load-routing';
import { overrideTargets } from '../content/override-targets';
import type { AgentWords } from '../handoff/before-sending/agent-words';
import type { Routing } from '../handoff/routing/routing';
import type { RetentionOffer } from '../retention/offers';
import type { LivePolicies } from '../sla/policy/live-policies';
import type { PolicySet } from '../sla/policy/policies';
import { CLOCK_TIMER } from '../turns/conversation/clocks/conversation-clocks';
import { startLoop } from '../turns/shard-duty';
import { wakeTimers } from '../turns/wake-timers';
import { applyPolicies } from '../work-orders/clocks/apply-policies';
import { type CheckDependencies, sweepOrders } from '../work-orders/clocks/check-order';
import type { Foundation } from './foundation';

const SHIPPED = join(__dirname, '..', '..');

/**
 * What is promised: by the current version of the content, or by the files where that is older than promises in
 * versions; as settings change it. Throws `bad-content` with every problem.
 */
export function openPolicies(
  { config }: Pick<Foundation, 'config'>,
  { current: { policyFiles } }: { current: Pick<Content, 'policyFiles'> },
): PolicySet {
  const { CONTENT_DIR = SHIPPED, TIME_ZONE } = config;
  const set =
    Object.keys(policyFiles).length > 0
      ? readPolicies(policyFiles, TIME_ZONE)
      : loadPolicies(CONTENT_DIR, SHIPPED, TIME_ZONE);
  return overrideTargets(set, {
    promiseMinutes: {
      fault: config.FAULT_PROMISE_MINUTES,
      installation: config.INSTALLATION_PROMISE_MINUTES,
      complaint: config.COMPLAINT_PROMISE_MINUTES,
    },
    queueWaitSeconds: config.QUEUE_WAIT_SECONDS,
  });
}

/** Which agents get which conversation. Throws `bad-content` with every problem. */
export const openRouting = ({ config }: Pick<Foundation, 'config'>): Routing =>
  loadRouting(config.CONTENT_DIR ?? SHIPPED, SHIPPED, config.TIME_ZONE);

/** What agents are shown before a message leaves. Throws `bad-content` with every problem. */
export const openAgentWords = ({ config }: Pick<Foundation, 'config'>): AgentWords =>
  loadAgentWords(config.CONTENT_DIR ?? SHIPPED, SHIPPED);

/** What customers who want to leave may be offered. Throws `bad-content` with every problem. */
export const openOffers = ({ config }: Pick<Foundation, 'config'>): RetentionOffer[] =>
  loadRetention(config.CONTENT_DIR ?? SHIPPED);

/** What open promises are kept with. */
type Keeping = Pick<Foundation, 'config' | 'db' | 'redis' | 'clock' | 'log' | 'cleanup'>;

const SWEEP_MS = 60_000;
/** The policies that this Redis was last served under. */
const SERVED_KEY = 'sla:policies';

/** Conversations look at what runs in them at once when policies have changed, not when the old ones would have woken them. */
async function wakeConversations({ config, redis, clock, log }: Keeping, hash: string): Promise<void> {
  if ((await redis.get(SERVED_KEY)) === hash) return;
  const woken = await wakeTimers(redis, { shards: config.SHARDS, id: CLOCK_TIMER, now: clock() });
  await redis.set(SERVED_KEY, hash);
  if (woken > 0)
    log.info({ woken }, 'conversations woken to look at their promises under the policies of today');
}

/** Brings what is open under these policies, each order once however often it is called; answers how many changed. */
async function bringUnder(foundation: Keeping, policies: PolicySet): Promise<number> {
  const { db, clock, log } = foundation;
  await wakeConversations(foundation, policies.hash);
  const changed = await applyPolicies({ db, policies }, clock());
  if (changed > 0) log.info({ changed }, 'open orders brought under the policies of today');
  return changed;
}

/**
 * Brings open orders and what runs in conversations under the policies of today, then looks every minute for orders that are overdue and whose
 * conversation did not ask. The wait is not for what conversations do within a second.
 */
export async function watchOrders(
  foundation: Keeping,
  { policies, earliestVisit }: Pick<CheckDependencies, 'policies' | 'earliestVisit'>,
  wakeOrders: () => void,
): Promise<void> {
  const { db, clock, log, cleanup } = foundation;
  const deps = { db, policies, earliestVisit };
  await bringUnder(foundation, policies);
  const sweep = startLoop({
    name: 'overdue orders',
    everyMs: SWEEP_MS,
    log,
    round: async () => {
      if ((await sweepOrders(deps, clock() - SWEEP_MS, clock())) > 0) wakeOrders();
      return false;
    },
  });
  cleanup.add(sweep.stop);
}

/** Twice a second, as content is served: promises that were published hold within two seconds. */
const FOLLOW_MS = 500;

/** Keeps the promises those of the current version; whatever runs goes on under them, with what has elapsed. */
export function followPolicies(
  foundation: Keeping,
  { policies: set }: Pick<CheckDependencies, 'policies'>,
  published: { content: { current: Pick<Content, 'policyFiles'> }; live: LivePolicies },
  wakeOrders: () => void,
): void {
  const { log, cleanup } = foundation;
  const { content, live } = published;
  let followed = content.current.policyFiles;
  const loop = startLoop({
    name: 'published promises',
    everyMs: FOLLOW_MS,
    log,
    round: async () => {
      const { policyFiles } = content.current;
      if (policyFiles === followed) return false;
      live.replace(openPolicies(foundation, content));
      // A round that fails here is done again, and again from the start: what was brought under them stays so.
      if ((await bringUnder(foundation, set)) > 0) wakeOrders();
      followed = policyFiles;
      return false;
    },
  });
  cleanup.add(loop.stop);
}
