import { useCallback, useSyncExternalStore } from 'react';
import type { Permission } from '../../../accounts/permissions';

/** Pages by what they are for, in their order. */
export const PAGE_GROUPS = {
  talk: ['dialogs', 'intents', 'messages', 'lexicon'],
  facts: ['articles', 'tables', 'promises'],
  release: ['files', 'versions'],
  service: ['bulletins', 'replies', 'channels'],
} as const;
export const PAGES = Object.values(PAGE_GROUPS).flat();
export type PageName = (typeof PAGES)[number];

const PERMISSIONS: Partial<Record<PageName, Permission>> = {
  bulletins: 'bulletins.read',
  replies: 'replies.team',
  channels: 'channels.manage',
};

/** What a page is for those only who have it. */
export const permissionOf = (page: PageName): Permission => PERMISSIONS[page] ?? 'content.read';

const OF_PLACES: ReadonlySet<PageName> = new Set(['articles', 'tables', 'versions']);

/** Whether a page has something for whoever is limited to places: what holds everywhere is not theirs to change. */
export const isForPlaces = (page: PageName): boolean =>
  permissionOf(page) !== 'content.read' || OF_PLACES.has(page);

/** Where one is: it stands behind the `#`, so that back, reload and a link to a colleague lead there. */
export interface Place {
  page: PageName;
  /** What is open: a dialog, an intent, an article, a promise, a file. */
  open: string | null;
  /** The step that is selected. */
  step: string | null;
}

export function readPlace(hash: string): Place {
  const [page, open, step] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const known = PAGES.find((each) => each === page) ?? 'dialogs';
  return { page: known, open: open || null, step: step || null };
}

export const hashOf = ({ page, open, step }: Place): string =>
  `#/${[page, open, step]
    .filter((part): part is string => part !== null)
    .map(encodeURIComponent)
    .join('/')}`;

const subscribe = (listener: () => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

export function usePlace(): [Place, (place: Partial<Place>) => void] {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const go = useCallback((next: Partial<Place>) => {
    location.hash = hashOf({ ...readPlace(location.hash), ...next });
  }, []);
  return [readPlace(hash), go];
}
