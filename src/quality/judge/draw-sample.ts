import { createHash } from 'node:crypto';
import { type QualityFinding, type SampleReason, sampleReasonSchema } from '../../contract/quality';
import type { QualityPolicy } from '../policy';
import type { Material } from './stretch';

const DAY_MS = 24 * 3600_000;
/** By themselves no reason to look: they are counted. */
const COUNTED = new Set<QualityFinding['kind']>(['slow-first-reply', 'silence', 'no-disposition']);

/** A number from 0 to 1 that belongs to a word: the same word, the same number. */
function chanceOf(word: string): number {
  return createHash('sha256').update(word).digest().readUInt32BE(0) / 2 ** 32;
}

type Sampled = Material & { findings: QualityFinding[] };

function fits(reason: SampleReason, material: Sampled, sampling: QualityPolicy['sampling']): boolean {
  const { rating, isComplaint, sessionsBefore, beganAt, endedAt, accountMadeAt, findings } = material;
  switch (reason) {
    case 'low-rating':
      return rating !== null && rating <= sampling.lowRating;
    case 'finding':
      return findings.some(({ kind }) => !COUNTED.has(kind));
    case 'complaint':
      return isComplaint;
    case 'repeated':
      return sessionsBefore > 0;
    case 'long':
      return endedAt - beganAt > sampling.longMinutes * 60_000;
    case 'new-agent':
      return accountMadeAt !== null && beganAt - accountMadeAt < sampling.newAgentDays * DAY_MS;
    case 'random':
      return true;
  }
}

/**
 * Why people look at a stretch, and how many of them. Each reason that fits draws for itself by a hash of the seed,
 * the stretch and the reason: whoever draws again draws the same, and nobody can choose what is drawn.
 */
export function drawSample(
  material: Sampled,
  sampling: QualityPolicy['sampling'],
): { sampledBecause: SampleReason[]; wanted: number } {
  const factor = material.kind === 'bot' ? sampling.botFactor : 1;
  const draw = (about: string) => chanceOf(`${sampling.seed}|${material.id}|${about}`);
  const sampledBecause = sampleReasonSchema.options.filter(
    (reason) => fits(reason, material, sampling) && draw(reason) < sampling.shares[reason] * factor,
  );
  if (sampledBecause.length === 0) return { sampledBecause, wanted: 0 };
  return { sampledBecause, wanted: draw('second') < sampling.secondShare ? 2 : 1 };
}
