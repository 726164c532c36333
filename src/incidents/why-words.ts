import type { IncidentRecord } from './incident-record';
import { symptomWords } from './symptom';

const MINUTE_MS = 60_000;

/** One digit is enough to judge by. */
const rounded = (value: number): string => (value < 0.1 ? '0.1' : String(Number(value.toPrecision(2))));
const oneIn = (chance: number): number => Number((1 / Math.max(chance, 1e-9)).toPrecision(1));

/** Why an incident is there, in words for supervisors. */
export function whyWords({ finding, symptoms }: IncidentRecord): { zh: string; en: string } {
  if (!finding)
    return {
      zh: '由班长登记，不是由报障推断的。',
      en: 'Declared by a supervisor, not inferred from reports.',
    };
  const [symptom = ''] = symptoms;
  const words = symptomWords(symptom);
  const minutes = Math.round(finding.windowMs / MINUTE_MS);
  const usual = rounded(finding.expected);
  const rare = oneIn(finding.chance);
  return {
    zh: `${minutes} 分钟内有 ${finding.customers} 位客户报“${words.zh}”，这个时段平时约 ${usual} 位（已计入周边同时上涨的部分）。正常情况下约每 ${rare} 次报障才碰上一次这样的巧合。`,
    en: `${finding.customers} customers reported ${words.en} within ${minutes} minutes; usual at this hour are about ${usual} (a rise all around is allowed for). On normal days about one report in ${rare} comes upon so many others.`,
  };
}
