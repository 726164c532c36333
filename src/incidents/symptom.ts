import { symptomSchema } from '../contract/incidents';

/** What is broken, by the intent of the report; null for an intent that says nothing of it. */
export const symptomOf = (intent: unknown): string | null => {
  const name = typeof intent === 'string' ? /^fault-(.+)$/.exec(intent)?.[1] : undefined;
  return symptomSchema.safeParse(name).data ?? null;
};

const WORDS: Record<string, { zh: string; en: string }> = {
  'no-internet': { zh: '断网', en: 'no internet' },
  'slow-speed': { zh: '网速慢', en: 'slow speed' },
  intermittent: { zh: '时断时续', en: 'a line that drops' },
  wifi: { zh: '无线问题', en: 'Wi-Fi trouble' },
  tv: { zh: '电视故障', en: 'TV trouble' },
  landline: { zh: '固话故障', en: 'landline trouble' },
  'mobile-signal': { zh: '手机信号差', en: 'poor mobile signal' },
};

/** A symptom in words; its own name where there are none. */
export const symptomWords = (symptom: string): { zh: string; en: string } =>
  WORDS[symptom] ?? { zh: symptom, en: symptom };
