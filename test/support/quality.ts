import { join } from 'node:path';
import { findSecrets } from '../../src/channels/mask';
import { loadAgentWords } from '../../src/content/load-agent-words';
import { loadQuality } from '../../src/content/load-quality';
import type { JudgeRules } from '../../src/quality/judge/judge-stretch';

const ROOT = join(__dirname, '../..');

/** How service is judged, as it ships. */
export const shippedQuality = loadQuality(ROOT, ROOT, 'Asia/Shanghai');

export const shippedRules: JudgeRules = {
  policy: shippedQuality.policy,
  words: loadAgentWords(ROOT, ROOT),
  findSecrets,
};
