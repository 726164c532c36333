import type { Chance } from './chance';
import type { Coverage, LineTest, Outage } from './operator';

/** The simulated network: outages, coverage and what a line test measures, all by address. */
const HOUR_MS = 3600 * 1000;

/** Roads and estates that always behave as described, whatever the seed. */
export const KNOWN_PLACES: Record<
  string,
  { what: string; line?: LineTest; isOut?: boolean; isPlanned?: boolean; maxMbps?: number }
> = {
  中山路18号: {
    what: '弱光（-31 dBm），没有区域故障',
    line: { verdict: 'low-light', rxPowerDbm: -31, speedMbps: null },
  },
  人民路66号: { what: '线路正常', line: { verdict: 'ok', rxPowerDbm: -19.4, speedMbps: 496 } },
  建设路9号: { what: '没有光', line: { verdict: 'no-light', rxPowerDbm: -40, speedMbps: null } },
  和平路7号: { what: '光猫没通电', line: { verdict: 'power-off', rxPowerDbm: null, speedMbps: null } },
  长江路5号: { what: '速度不达标', line: { verdict: 'slow', rxPowerDbm: null, speedMbps: 38 } },
  云锦路3号: {
    what: '局端端口不通',
    line: { verdict: 'port-down', rxPowerDbm: null, speedMbps: null },
  },
  汉口路6号: {
    what: '光猫登录不上（认证失败）',
    line: { verdict: 'auth-failed', rxPowerDbm: -20.1, speedMbps: null },
  },
  解放路: { what: '有区域故障', isOut: true },
  珠江路20号: { what: '计划内割接', isOut: true, isPlanned: true },
  翠屏国际城: { what: '可装，最高 1000M', maxMbps: 1000 },
  云岭村: { what: '装不了', maxMbps: 0 },
};

/** Service areas of `intents/entities/areas.yaml` that are out as a whole. */
export const KNOWN_AREAS: Record<string, { what: string; isOut: boolean }> = {
  'nj-qh-02': { what: '有区域故障（解放路、解放新村）', isOut: true },
};

/** Addresses come from customers: what is longer is cut before anything looks at it. */
const clip = (address: string): string => address.slice(0, 200).replace(/\s+/g, '');

const knownPlace = (address: string) =>
  Object.entries(KNOWN_PLACES).find(([place]) => address.includes(place))?.[1];

/** Road and number, or estate: what neighbours have in common. */
export const areaOf = (address: string): string =>
  clip(address)
    .toLowerCase()
    .split(/[0-9a-z]{1,5}(?:栋|幢|座|号楼|单元)|(?:building|block|tower|unit|room|flat)/)[0]
    ?.replace(/[,，]+$/, '') ?? '';

/** All places of a service area fare alike; without one it is those of the same road and number, or estate. */
export function simulateOutage(
  chance: Chance,
  { address, area }: { address: string; area: string | null },
  now: number,
): Outage | null {
  const place = area ?? areaOf(address);
  const known: { isOut?: boolean; isPlanned?: boolean } | undefined =
    KNOWN_AREAS[area ?? ''] ?? knownPlace(clip(address));
  const isOut = known ? known.isOut === true : chance('outage', place) < 0.05;
  if (!isOut) return null;
  const isPlanned = known?.isPlanned ?? chance('outage-cause', place) < 0.3;
  return {
    id: `OUT-${Math.floor(chance('outage-id', place) * 1e6)}`,
    cause: isPlanned ? '计划内线路割接' : '光缆被施工挖断',
    // The end of the next block of two hours: steady while a conversation lasts, never in the past.
    restoreAt: (Math.floor(now / (2 * HOUR_MS)) + 2) * 2 * HOUR_MS,
    isPlanned,
  };
}

export function simulateCoverage(chance: Chance, address: string): Coverage {
  const known = knownPlace(clip(address))?.maxMbps;
  const draw = chance('coverage', areaOf(address));
  const maxMbps = known ?? (draw < 0.04 ? 0 : draw < 0.15 ? 500 : 1000);
  return { isCovered: maxMbps > 0, maxMbps };
}

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

/** Received light in dBm: a sound line has -15 to -25, one below -27 drops out, -40 is darkness. */
export function simulateLine(chance: Chance, address: string): LineTest {
  const known = knownPlace(clip(address))?.line;
  if (known) return known;
  const line = clip(address);
  const draw = chance('line', line);
  const rest = chance('line-value', line);
  if (draw < 0.5) {
    return {
      verdict: 'ok',
      rxPowerDbm: oneDecimal(-15 - rest * 10),
      speedMbps: 280 + Math.floor(rest * 200),
    };
  }
  if (draw < 0.75) {
    return { verdict: 'low-light', rxPowerDbm: oneDecimal(-27.1 - rest * 6), speedMbps: null };
  }
  if (draw < 0.85) return { verdict: 'no-light', rxPowerDbm: -40, speedMbps: null };
  if (draw < 0.93) return { verdict: 'power-off', rxPowerDbm: null, speedMbps: null };
  if (draw < 0.95) return { verdict: 'port-down', rxPowerDbm: null, speedMbps: null };
  if (draw < 0.97)
    return { verdict: 'auth-failed', rxPowerDbm: oneDecimal(-15 - rest * 10), speedMbps: null };
  return { verdict: 'slow', rxPowerDbm: null, speedMbps: 10 + Math.floor(rest * 60) };
}
