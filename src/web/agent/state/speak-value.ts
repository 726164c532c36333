import type { Locale } from '../../../contract/activity';

const verdicts: Record<string, { zh: string; en: string }> = {
  ok: { zh: '线路正常', en: 'line fine' },
  'low-light': { zh: '弱光', en: 'weak light' },
  'no-light': { zh: '无光', en: 'no light' },
  'power-off': { zh: '没通电', en: 'no power' },
  'port-down': { zh: '局端端口不通', en: 'exchange port down' },
  'auth-failed': { zh: '账号登录不上', en: 'login refused' },
  slow: { zh: '速度不达标', en: 'slow' },
};
const colours: Record<string, { zh: string; en: string }> = {
  red: { zh: '红灯', en: 'red' },
  orange: { zh: '橙灯', en: 'orange' },
  green: { zh: '绿灯', en: 'green' },
  off: { zh: '不亮', en: 'off' },
};

type Fields = Record<string, unknown>;

function speakTest({ verdict, rxPowerDbm, speedMbps }: Fields, locale: Locale): string {
  const parts = [verdicts[String(verdict)]?.[locale] ?? String(verdict)];
  if (typeof rxPowerDbm === 'number') parts.push(`${rxPowerDbm} dBm`);
  if (typeof speedMbps === 'number') parts.push(`${speedMbps} Mbps`);
  return parts.join(' · ');
}

function speakLight({ light, colour, isBlinking }: Fields, locale: Locale): string {
  const blinking = isBlinking === true ? { zh: '闪', en: 'blinking ' }[locale] : '';
  const shown = colours[String(colour)]?.[locale] ?? '';
  const name = typeof light === 'string' ? light.toUpperCase() : '';
  return [name, `${blinking}${shown}`].filter(Boolean).join(' ');
}

/** A slot's value as people read it; null for what only a dialog can use, such as its counters and marks. */
export function speakValue(value: unknown, speakTime: (at: number) => string, locale: Locale): string | null {
  if (typeof value === 'number') return value > 1e12 ? speakTime(value) : null;
  if (typeof value === 'string') return value === '' ? null : value;
  if (Array.isArray(value)) {
    const parts = value.flatMap((part) => speakValue(part, speakTime, locale) ?? []);
    return parts.length > 0 ? parts.slice(0, 3).join('、') : null;
  }
  if (value === null || typeof value !== 'object') return null;
  const fields = value as Fields;
  const spoken = fields[locale];
  if (typeof spoken === 'string') return spoken;
  if ('verdict' in fields) return speakTest(fields, locale);
  if (typeof fields.full === 'string') return fields.full;
  if ('colour' in fields) return speakLight(fields, locale);
  if (typeof fields.startAt === 'number') return speakTime(fields.startAt);
  for (const key of ['number', 'text', 'label', 'name', 'value']) {
    if (typeof fields[key] === 'string' || typeof fields[key] === 'number') return String(fields[key]);
  }
  return null;
}
