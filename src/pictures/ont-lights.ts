import type { Locale } from '../contract/activity';
import { type LightName, type LightState, type Lights, lightNames, lightsSchema } from '../contract/lights';

/**
 * Pictures that go with words. One so far: the front of an ONT (光猫), drawn from the states of its lights, so that
 * somebody who has never looked at it finds the light that is meant.
 */
const PANEL = { width: 340, height: 128, left: 46, step: 62, light: 58, label: 92 };

const labels: Record<LightName, string> = {
  power: 'POWER',
  pon: 'PON',
  los: 'LOS',
  lan: 'LAN',
  wifi: 'WLAN',
};

const colours: Record<LightState, string> = {
  off: '#3a434c',
  green: '#35c759',
  'green-blinking': '#35c759',
  red: '#ff453a',
  'red-blinking': '#ff453a',
};

/** Nothing in it comes from a customer or a text: names and states are the schema's. */
export function drawLights(lights: Lights): string {
  const { width, height } = PANEL;
  const drawn = lightNames.map((name, i) => drawLight(name, lights[name] ?? 'off', i, lights.point === name));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>
text { font: 600 12px system-ui, sans-serif; fill: #c9d2da; text-anchor: middle; }
.blink { animation: blink 1s steps(2, jump-none) infinite; }
@keyframes blink { from { opacity: 1; } to { opacity: 0.15; } }
@media (prefers-reduced-motion: reduce) { .blink { animation: none; } }
</style>
<rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="16" fill="#1f262d" stroke="#3a434c" stroke-width="2"/>
${drawn.join('\n')}
</svg>`;
}

function drawLight(name: LightName, state: LightState, i: number, isMeant: boolean): string {
  const x = PANEL.left + i * PANEL.step;
  const isLit = state !== 'off';
  const glow = isLit
    ? `<circle cx="${x}" cy="${PANEL.light}" r="17" fill="${colours[state]}" opacity="0.25"/>`
    : '';
  const ring = isMeant
    ? `<circle cx="${x}" cy="${PANEL.light}" r="25" fill="none" stroke="#ffd60a" stroke-width="4"/>`
    : '';
  const dot = `<circle cx="${x}" cy="${PANEL.light}" r="10" fill="${colours[state]}" stroke="#59636d"/>`;
  const isBlinking = state.endsWith('-blinking');
  return `${ring}<g${isBlinking ? ' class="blink"' : ''}>${glow}${dot}</g><text x="${x}" y="${PANEL.label + 10}">${labels[name]}</text>`;
}

const stateWords: Record<Locale, Record<LightState, string>> = {
  zh: { off: '不亮', green: '绿灯亮', 'green-blinking': '绿灯闪', red: '红灯亮', 'red-blinking': '红灯闪' },
  en: {
    off: 'off',
    green: 'green',
    'green-blinking': 'blinking green',
    red: 'red',
    'red-blinking': 'blinking red',
  },
};

/** The same in words, for whoever cannot see it. */
export function nameLights(lights: Lights, locale: Locale): string {
  const named = lightNames.filter((name) => lights[name] !== undefined || lights.point === name);
  const words = named.map((name) => `${labels[name]} ${stateWords[locale][lights[name] ?? 'off']}`);
  const separator = locale === 'zh' ? '，' : ', ';
  return `${locale === 'zh' ? '光猫指示灯：' : 'Lights of the modem: '}${words.join(separator)}`;
}

/** Where activities of the log point to; clients are given an address of this server. */
export const PICTURE_SCHEME = 'picture:';
export const LIGHTS_PATH = '/pictures/ont.svg';

export const lightsReference = (lights: Lights): string =>
  `${PICTURE_SCHEME}${LIGHTS_PATH}?${new URLSearchParams(lights)}`;

/** The lights of a query; null for anything else than the schema knows. */
export const readLights = (query: string): Lights | null =>
  lightsSchema.safeParse(Object.fromEntries(new URLSearchParams(query))).data ?? null;
