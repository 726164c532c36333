import type { Database } from '../records/database';
import { findChanged, findStretches } from '../records/quality/find-stretches';
import { readMaterial } from '../records/quality/read-material';
import { writeItem } from '../records/quality/write-item';
import { type JudgeRules, judgeStretch } from './judge/judge-stretch';

/** What was missed for longer, a server that stood still included, is judged no more. */
const BACK_MS = 14 * 24 * 3600_000;

/**
 * Judges every stretch that is over and those that something has happened to since. Two nodes that do it at once find
 * and keep the same. Answers how many were judged.
 */
export async function judgeAll(db: Database, rules: JudgeRules, now: number): Promise<number> {
  const since = now - BACK_MS;
  const found = [...(await findStretches(db, since, now)), ...(await findChanged(db, since, now))];
  for (const stretch of found) {
    const material = await readMaterial(db, stretch, rules.policy.sampling.repeatedWithinDays);
    await writeItem(db, { material, judged: judgeStretch(material, rules, now), at: now });
  }
  return found.length;
}
