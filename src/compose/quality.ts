import { join } from 'node:path';
import type { RequirePermission } from '../accounts/guard';
import { findSecrets } from '../channels/mask';
import { loadPractice } from '../content/load-practice';
import { loadQuality } from '../content/load-quality';
import { registerQuality } from '../quality/routes';
import { judgeAll } from '../quality/sweep';
import { registerPractice } from '../sandbox/routes';
import { startLoop } from '../turns/shard-duty';
import { openDispositions } from './aids';
import type { Edge } from './channels';
import type { Engine } from './engine';
import { openAgentWords } from './policies';

const SHIPPED = join(__dirname, '..', '..');
const SWEEP_MS = 20_000;

/** Every stretch of service is judged by rule once it is over; people judge what is drawn. */
export function startQuality(
  { config, db, clock, log, cleanup }: Engine,
  { server, mask }: Edge,
  requirePermission: RequirePermission,
): void {
  const { TIME_ZONE: timeZone } = config;
  const { policy, calendar } = loadQuality(config.CONTENT_DIR ?? SHIPPED, SHIPPED, timeZone);
  const rules = { policy, words: openAgentWords({ config }), findSecrets };
  registerQuality(server, {
    db,
    policy,
    appealRule: { workingDays: policy.appeal.workingDays, calendar },
    timeZone,
    mask: (text) => mask(text).text,
    requirePermission,
    clock,
    log,
  });
  const dispositions = openDispositions({ config });
  registerPractice(server, {
    db,
    scenarios: loadPractice(config.CONTENT_DIR ?? SHIPPED, SHIPPED, dispositions),
    dispositions,
    rules,
    mask: (text) => mask(text).text,
    requirePermission,
    clock,
    log,
  });
  const sweep = startLoop({
    name: 'quality of service',
    everyMs: SWEEP_MS,
    log,
    round: async () => {
      await judgeAll(db, rules, clock());
      return false;
    },
  });
  cleanup.add(sweep.stop);
}
