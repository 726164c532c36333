import type { LiveSessions } from '../../contract/content-editing';
import { fitPlaces } from '../../dialogs/fit-places';
import type { DialogSet } from '../../dialogs/schema';
import type { CountedPlace } from '../../turns/places';

type Dialogs = Pick<DialogSet, 'dialogs'>;

export interface LiveSessionsDependencies {
  counted: CountedPlace[];
  numbers: ReadonlyMap<string, number>;
  /** The dialogs of a version; null when they cannot be read here. */
  dialogsOf: (version: string) => Promise<Dialogs | null>;
  /** The draft's; null when it is not asked for, or has problems. */
  draft: Dialogs | null;
}

/** Running conversations by version, dialog and step, most first, and what would become of each with a draft. */
export async function listLiveSessions(deps: LiveSessionsDependencies): Promise<LiveSessions[]> {
  const { counted, numbers, draft } = deps;
  const rows = await Promise.all(
    counted.map(async ({ contentVersion, places, count }) => {
      const top = places.at(-1) ?? { dialog: '', step: '' };
      const from = draft && (await deps.dialogsOf(contentVersion));
      const fit = from && draft ? fitOf(from, draft, places) : null;
      const number = numbers.get(contentVersion) ?? null;
      return { version: contentVersion, number, ...top, below: places.slice(0, -1), count, fit };
    }),
  );
  return rows.sort((a, b) => b.count - a.count);
}

function fitOf(from: Dialogs, to: Dialogs, places: CountedPlace['places']): LiveSessions['fit'] {
  if (!to.dialogs.has(places[0]?.dialog ?? '')) return 'human';
  return fitPlaces(from, to, { places, map: {} }) ? 'same' : 'anew';
}
