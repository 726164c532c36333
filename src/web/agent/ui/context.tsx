import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Permission } from '../../../accounts/permissions';
import type { Locale } from '../../../contract/activity';
import { speakTime } from '../../../speak-time';
import { may } from '../../staff/may';
import type { DeskClient } from '../client/desk-client';
import type { DeskState } from '../state/desk-shape';
import { type Texts, texts } from '../texts/texts';

export interface Desk {
  client: DeskClient;
  locale: Locale;
  words: Texts;
}

const DeskContext = createContext<Desk | null>(null);

export function DeskProvider({
  client,
  locale,
  children,
}: {
  client: DeskClient;
  locale: Locale;
  children: ReactNode;
}) {
  const [value, setValue] = useState<Desk>(() => ({ client, locale, words: texts(locale) }));
  useEffect(() => setValue({ client, locale, words: texts(locale) }), [client, locale]);
  return <DeskContext value={value}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('a part of the desk is drawn outside of it');
  return desk;
}

/** A part of the state; what it selects must stay the same object while nothing of it has changed. */
export function useDeskState<Part>(select: (state: DeskState) => Part): Part {
  const { store } = useDesk().client;
  return useSyncExternalStore(store.subscribe, () => select(store.read()));
}

/** Whether whoever is signed in may do something. */
export const useMay = (permission: Permission): boolean =>
  useDeskState(({ account }) => may(account, permission));

const tickers = new Set<() => void>();
setInterval(() => {
  for (const tick of tickers) tick();
}, 1000);

const onTick = (listener: () => void) => {
  tickers.add(listener);
  return () => tickers.delete(listener);
};

/** What a moment comes to, looked at every second; drawn again only when it reads differently. */
export function useTicking<Shown extends string | number | boolean>(read: (now: number) => Shown): Shown {
  const { clockOffset } = useDesk().client;
  return useSyncExternalStore(onTick, () => read(Date.now() + clockOffset()));
}

/** Speaks of a moment in the operator's zone. */
export function useSpeakTime(): (at: number) => string {
  const { client, locale } = useDesk();
  const { timeZone } = useDeskState((state) => state.settings);
  return useCallback(
    (at: number) => speakTime(at, { locale, timeZone, now: Date.now() + client.clockOffset() }),
    [client, locale, timeZone],
  );
}
