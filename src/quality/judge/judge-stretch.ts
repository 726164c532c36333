import type { QualityFinding, QualityMeasures, SampleReason } from '../../contract/quality';
import type { QualityPolicy } from '../policy';
import { findConduct } from './conduct';
import { drawSample } from './draw-sample';
import type { Material } from './stretch';
import { findWaits, measure } from './times';
import { findWords, type WordRules } from './words';

export interface JudgeRules extends Omit<WordRules, 'automatic'> {
  policy: QualityPolicy;
}

export interface Judged {
  measures: QualityMeasures;
  /** In the order of the transcript; what is about no line comes last. */
  findings: QualityFinding[];
  sampledBecause: SampleReason[];
  /** How many people are to look at it. */
  wanted: number;
}

const last = Number.MAX_SAFE_INTEGER;

/** What is found of a stretch by rule, each with its line, and whether people look at it. Pure. */
export function judgeStretch(material: Material, { policy, ...rules }: JudgeRules, now: number): Judged {
  const { automatic } = policy;
  const findings = [
    ...findWaits(material, automatic),
    ...findWords(material, { ...rules, automatic }),
    ...findConduct(material, automatic, now),
  ].sort((a, b) => (a.position ?? last) - (b.position ?? last));
  const drawn = drawSample({ ...material, findings }, policy.sampling);
  return { measures: measure(material, automatic), findings, ...drawn };
}
