import { createContext, useContext } from 'react';
import type { Action } from '../state/shortcuts';
import type { DeskSettings } from './settings';

/** Which dialog lies over the desk; one at a time. */
export type Overlay =
  | 'help'
  | 'transfer'
  | 'invite'
  | 'release'
  | 'close'
  | 'order'
  | 'reveal'
  | 'suggest'
  | 'presence'
  | 'mentions'
  | 'canned'
  | 'wall'
  | 'quality'
  | 'hand-over'
  | 'practice'
  | 'accounts'
  | 'tasks'
  | 'own-account'
  | null;

/** Those that lie over the whole desk. */
export const isOverPage = (overlay: Overlay): boolean =>
  ['wall', 'quality', 'hand-over', 'practice', 'accounts'].includes(overlay ?? '');

/** What parts of the page ask of it. */
export interface Page {
  settings: DeskSettings;
  change(settings: Partial<DeskSettings>): void;
  overlay: Overlay;
  show(overlay: Overlay): void;
  /** Does what a key or a button means. */
  act(action: Action): void;
  /** The composer takes part in some actions; it says how. */
  onAct(listener: (action: Action) => void): () => void;
  /** Puts words into the composer: the agent reads them before they go out. */
  propose(text: string, isNote?: boolean): void;
  onProposed(listener: (text: string, isNote: boolean) => void): () => void;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('a part of the desk is drawn outside of its page');
  return page;
}
