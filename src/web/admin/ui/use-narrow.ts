import { useCallback, useSyncExternalStore } from 'react';
import type { Locale } from '../../../contract/activity';

/** Below it the bar cannot hold every page beside each other: English names are longer. */
const NARROW: Record<Locale, string> = { zh: '(max-width: 1180px)', en: '(max-width: 1400px)' };

/** Whether the window is too narrow for the pages in one row. */
export function useNarrow(locale: Locale): boolean {
  const query = NARROW[locale];
  const subscribe = useCallback(
    (listener: () => void) => {
      const watched = matchMedia(query);
      watched.addEventListener('change', listener);
      return () => watched.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
