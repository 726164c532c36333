import { z } from 'zod';
import { askedWords } from '../../contract/asked-words';
import { NOTE } from '../../contract/desk';
import type { CallOutcome } from '../../contract/dialog';
import { addCommand, type Work } from './work';

const value = {
  coverage: z.object({ isCovered: z.boolean(), maxMbps: z.number() }),
  changed: z.object({ plan: z.object({ name: z.string() }) }),
  ended: z.object({ service: z.object({ name: z.string() }) }),
};

/** What came of it in a few words, where a few words say it. */
function gist(result: unknown): string {
  const coverage = value.coverage.safeParse(result).data;
  if (coverage) return coverage.isCovered ? `可装，最高 ${coverage.maxMbps}M / yes` : '装不了 / none';
  const plan = value.changed.safeParse(result).data?.plan.name;
  if (plan) return `已换成 ${plan} / changed`;
  const service = value.ended.safeParse(result).data?.service.name;
  if (service) return `${service} 已取消 / ended`;
  return '有结果 / answered';
}

/** An outcome that is not told to the customer now is told to whoever looks after the conversation. */
export function noteOutcome(work: Work, operation: string, outcome: CallOutcome): void {
  const asked = askedWords[operation];
  if (!asked) return;
  const came = {
    ok: () => gist(outcome.type === 'ok' ? outcome.value : null),
    error: () => `没办成 / refused (${outcome.type === 'error' ? outcome.code : ''})`,
    timeout: () => '还没有结果 / no answer yet',
  }[outcome.type]();
  addCommand(work, { operation: NOTE, args: { text: `${asked.zh} / ${asked.en}：${came}` } });
}
