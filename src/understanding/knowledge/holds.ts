import type { AreaParts, Article } from '../../contract/knowledge';

/** True on the days for which an answer was written. */
export const holdsOn = ({ from, until }: Pick<Article, 'from' | 'until'>, day: string): boolean =>
  (from === undefined || from <= day) && (until === undefined || day <= until);

const LEVELS: [keyof AreaParts, RegExp][] = [
  ['province', /[省]$|自治区$/u],
  ['city', /市$/u],
  ['district', /[区县旗]$/u],
  ['town', /[镇乡]$|街道$/u],
];

/** Whether an answer holds where the customer lives; `unknown` when too little of the address is known. */
export function fitOfArea(
  { areas }: Pick<Article, 'areas'>,
  area: AreaParts | null,
): 'here' | 'unknown' | 'elsewhere' {
  if (areas.length === 0) return 'here';
  const fits = areas.map((place) => {
    const part = LEVELS.find(([, pattern]) => pattern.test(place))?.[0];
    const said = part ? area?.[part] : undefined;
    if (!said) return 'unknown';
    return said.endsWith(place) ? 'here' : 'elsewhere';
  });
  return fits.find((fit) => fit === 'here') ?? fits.find((fit) => fit === 'unknown') ?? 'elsewhere';
}
