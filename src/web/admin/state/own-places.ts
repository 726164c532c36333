import { isOwnArticle, isOwnChange } from '../../../content/place-rights/is-own-change';
import { ownPlaces } from '../../../content/place-rights/own-places';
import { rowsOfOthers } from '../../../content/place-rights/rows-of-others';
import { parseAreas, type ServiceAreas } from '../../../understanding/entities/address/service-areas';
import { articleIdOf } from './article-rows';
import { type Bench, textOf } from './bench';
import { tableIdOf } from './table-rows';

/** What the server refuses whoever is limited to places, so that it is not offered. */
const AREAS = 'intents/entities/areas.yaml';

/** The file is long, and whoever is limited cannot change it. */
let known: { text: string; areas: ServiceAreas } | null = null;
function areasIn(bench: Bench): ServiceAreas {
  const text = textOf(bench, AREAS) || 'provinces: []';
  if (known?.text !== text) known = { text, areas: parseAreas({ 'areas.yaml': text }).areas };
  return known.areas;
}

/** Names of the places whose content an account may change; null for everywhere. */
export const ownPlacesOf = (
  account: { places: readonly string[] } | null,
  bench: Bench,
): ReadonlySet<string> | null =>
  account && account.places.length > 0 ? ownPlaces(account.places, areasIn(bench)) : null;

/** Whether a file holds something that may be changed. */
export function mayEditFile(path: string, text: string, own: ReadonlySet<string> | null): boolean {
  if (own === null) return true;
  if (tableIdOf(path) !== null) return rowsOfOthers(text, own) !== null;
  return articleIdOf(path) !== null && isOwnArticle(text, own);
}

/** Whether a file may become a text; an empty text stands for a file that is not there. */
export const mayBecome = (bench: Bench, path: string, text: string, own: ReadonlySet<string>): boolean =>
  isOwnChange({ path, before: textOf(bench, path) || null, after: text || null }, own);
