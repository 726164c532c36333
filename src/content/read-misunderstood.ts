import { setImmediate as breathe } from 'node:timers/promises';
import type { LearnableMessage } from '../contract/content-messages';
import type { Dispositions } from '../handoff/dispositions';
import type { FiledSession } from '../records/content/filed-sessions';
import type { SaidSession } from '../records/content/past-sessions';
import { correctionsIn, countSame, type Judge, misfiledIn } from './misunderstood';

export interface MisunderstoodDependencies {
  /** What is served now. */
  judge: () => Judge;
  dispositions: Dispositions;
  /** The newest sessions in which customers wrote. */
  readSessions: (limit: number) => Promise<SaidSession[]>;
  readSession: (id: string) => Promise<SaidSession | null>;
  readFiled: (range: { since: number; limit: number }) => Promise<FiledSession[]>;
  /** Of these keys those of which nothing is to be learned. */
  readDismissed: (keys: string[]) => Promise<Set<string>>;
}

/** More than these nobody looks through, and the server has other things to do. */
const SESSIONS = 2000;
const FILED = 300;
/** So many sessions are read at a stretch before other requests have their turn. */
const STRETCH = 20;

/** What was taken for something else since a time, masked, the most frequent first. */
export async function readMisunderstood(
  deps: MisunderstoodDependencies,
  { since, limit }: { since: number; limit: number },
): Promise<LearnableMessage[]> {
  const judge = deps.judge();
  const found = [];
  const sessions = (await deps.readSessions(SESSIONS)).filter(({ startedAt }) => startedAt >= since);
  for (const [i, session] of sessions.entries()) {
    if (i % STRETCH === 0) await breathe();
    found.push(...correctionsIn(judge, session));
  }
  const known = new Map(sessions.map((session) => [session.id, session]));
  for (const filed of await deps.readFiled({ since, limit: FILED })) {
    const session = known.get(filed.sessionId) ?? (await deps.readSession(filed.sessionId));
    if (session) found.push(...misfiledIn(judge, session, { filed, dispositions: deps.dispositions }));
  }
  const counted = countSame(found);
  const dismissed = await deps.readDismissed(counted.map(({ key }) => key));
  return counted.filter(({ key }) => !dismissed.has(key)).slice(0, limit);
}
