import { useSyncExternalStore } from 'react';

/** Below it the bar cannot hold every page beside each other in both languages. */
const NARROW = '(max-width: 1180px)';

const subscribe = (listener: () => void) => {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Whether the window is too narrow for the pages in one row. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
