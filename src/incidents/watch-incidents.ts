import type { Logger } from 'pino';
import { startLoop } from '../turns/shard-duty';
import type { OrderBooks } from '../work-orders/clocks/change-order';
import { learnRates } from './detect/base-rates';
import { hourOfWeek } from './detect/hour-of-week';
import { createJudge, type Judge } from './detect/judge';
import { judgeReports } from './judge-reports';
import { HISTORY_MS, readHistory } from './learn-history';
import { carryNotices } from './notices';
import { forgetReports } from './record-report';
import { tendIncidents } from './tend-incidents';

/** What is usual is learnt anew so often. */
const LEARN_MS = 3600_000;
/** How often what nobody woke is looked at. */
const LOOK_MS = 1000;
const TEND_MS = 60_000;

export interface WatchDependencies extends OrderBooks {
  timeZone: string;
  clock: () => number;
  log: Logger;
  /** Told when events were written, to wake their relay. */
  onEvent: () => void;
}

/** Judges reports as they come in, and carries the news of incidents. */
export function startIncidentWatch(deps: WatchDependencies): { wake(): void; stop(): Promise<void> } {
  const { db, timeZone, clock, log, onEvent } = deps;
  let judge: Judge | null = null;
  let learntAt = 0;
  let tendedAt = 0;

  async function learn(now: number): Promise<Judge> {
    if (judge && now - learntAt < LEARN_MS) return judge;
    await forgetReports(db, now - HISTORY_MS);
    judge = createJudge(learnRates(await readHistory(db, now, timeZone)), (at) => hourOfWeek(at, timeZone));
    learntAt = now;
    return judge;
  }

  async function round(): Promise<boolean> {
    const now = clock();
    if (now - tendedAt >= TEND_MS) {
      await tendIncidents(db, now);
      tendedAt = now;
    }
    const judged = await judgeReports(db, await learn(now));
    const carried = await carryNotices(deps, now);
    if (carried > 0) onEvent();
    return judged + carried > 0;
  }

  return startLoop({ name: 'incidents', everyMs: LOOK_MS, log, round });
}
