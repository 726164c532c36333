import { createContext, type ReactNode, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Permission } from '../../../accounts/permissions';
import { may } from '../../staff/may';
import type { AdminClient } from '../client/admin-client';
import type { AdminState } from '../state/admin-state';
import { ownPlacesOf } from '../state/own-places';
import { type Texts, texts } from '../texts/texts';
import type { AdminSettings } from './settings';

export interface Admin {
  client: AdminClient;
  words: Texts;
  settings: AdminSettings;
  change: (settings: Partial<AdminSettings>) => void;
  /** By which the browser takes style sheets. */
  nonce: string;
}

const AdminContext = createContext<Admin | null>(null);

export function AdminProvider({ children, ...parts }: Omit<Admin, 'words'> & { children: ReactNode }) {
  const { client, settings, change, nonce } = parts;
  const value = useMemo(
    () => ({ client, settings, change, nonce, words: texts(settings.locale) }),
    [client, settings, change, nonce],
  );
  return <AdminContext value={value}>{children}</AdminContext>;
}

export function useAdmin(): Admin {
  const admin = useContext(AdminContext);
  if (!admin) throw new Error('a part of the editor is drawn outside of it');
  return admin;
}

/** A part of the state; what it selects must stay the same object while nothing of it has changed. */
export function useAdminState<Part>(select: (state: AdminState) => Part): Part {
  const { store } = useAdmin().client;
  return useSyncExternalStore(store.subscribe, () => select(store.read()));
}

export const useMay = (permission: Permission): boolean =>
  useAdminState(({ account }) => may(account, permission));

/** As `useMay`, for what reaches customers everywhere. */
export const useMayEverywhere = (permission: Permission): boolean =>
  useAdminState(({ account }) => may(account, permission) && account?.places.length === 0);

const NOWHERE: readonly string[] = [];
/** The places that the account is limited to; empty for everywhere. */
export const useLimits = (): readonly string[] => useAdminState(({ account }) => account?.places ?? NOWHERE);

/** Names of the places whose content may be changed here; null for everywhere. */
export function useOwnPlaces(): ReadonlySet<string> | null {
  const account = useAdminState((state) => state.account);
  const bench = useBench();
  const own = ownPlacesOf(account, bench);
  const names = own && [...own].join(' ');
  return useMemo(() => (names === null ? null : new Set(names.split(' '))), [names]);
}

/** The draft as it stands on this page. */
export const useBench = () => useAdminState(({ bench }) => bench);

/** Says what went well, or the text of a fault. */
export function useNotice(): (text: string, isBad?: boolean) => void {
  const { store } = useAdmin().client;
  return useCallback((text, isBad = false) => store.dispatch({ type: 'notice', text, isBad }), [store]);
}
