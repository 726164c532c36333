import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Keep } from '../../shared/session';
import { may } from '../../staff/may';
import type { DeskClient } from '../client/desk-client';
import { unreadOf } from '../state/desk-state';
import { type Action, actionOf } from '../state/shortcuts';
import type { Overlay, Page } from './page';
import { type DeskSettings, writeSettings } from './settings';

/** The conversations that can be gone through: the agent's own, then those that wait. */
function neighbour(client: DeskClient, step: 1 | -1): string | null {
  const { mine, invited, queue, openId } = client.store.read();
  const ids = [...mine, ...invited, ...queue].map(({ conversationId }) => conversationId);
  const at = openId === null ? -1 : ids.indexOf(openId);
  if (at < 0) return ids[step > 0 ? 0 : ids.length - 1] ?? null;
  return ids[(at + step + ids.length) % ids.length] ?? null;
}

function nextUnread(client: DeskClient): string | null {
  const state = client.store.read();
  return [...state.mine, ...state.invited].find((row) => unreadOf(state, row) > 0)?.conversationId ?? null;
}

const openIf = (client: DeskClient, id: string | null): void => {
  if (id !== null) client.open(id);
};

function focusLists(): void {
  const row =
    document.querySelector<HTMLElement>('.row > button[aria-current]') ??
    document.querySelector<HTMLElement>('.row > button');
  row?.focus();
}

/** Steps that only who has the conversation takes. */
function isOwn(client: DeskClient): boolean {
  const { openId, loaded, account } = client.store.read();
  const ownership = openId ? loaded[openId]?.view.ownership : undefined;
  return ownership?.owner === 'human' && ownership.agentId === account?.id;
}

const isOfConversation = (overlay: Overlay): boolean =>
  overlay !== null &&
  ['transfer', 'invite', 'release', 'close', 'order', 'reveal', 'suggest'].includes(overlay);

/** What the page can be asked, by keys and by buttons alike. */
export function usePageState(client: DeskClient, keep: Keep, initial: DeskSettings): Page {
  const [settings, setSettings] = useState(initial);
  const [shown, setShown] = useState<{ overlay: Overlay; openId: string | null }>({
    overlay: null,
    openId: null,
  });
  const openId = useSyncExternalStore(client.store.subscribe, () => client.store.read().openId);
  // What is asked about a conversation is not asked about the next.
  const overlay = isOfConversation(shown.overlay) && shown.openId !== openId ? null : shown.overlay;
  const acting = useRef(new Set<(action: Action) => void>());
  const proposing = useRef(new Set<(text: string, isNote: boolean) => void>());
  const page = useMemo<Page>(() => {
    const show = (next: Overlay) => setShown({ overlay: next, openId: client.store.read().openId });
    const change = (part: Partial<DeskSettings>): void => {
      const next = { ...settings, ...part };
      setSettings(next);
      writeSettings(keep, next);
    };
    const listen =
      <Listener>(listeners: Set<Listener>) =>
      (listener: Listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      };
    function act(action: Action): void {
      const { queue, openId, me, offers } = client.store.read();
      switch (action) {
        case 'help':
        case 'mentions':
          return show(action);
        case 'take-next': {
          const next = offers[0] ?? queue.find(({ reservedBy }) => reservedBy === null);
          return next ? void client.claim(next.conversationId) : undefined;
        }
        case 'next':
          return openIf(client, neighbour(client, 1));
        case 'previous':
          return openIf(client, neighbour(client, -1));
        case 'next-unread':
          return openIf(client, nextUnread(client));
        case 'focus-lists':
          return focusLists();
        case 'transfer':
        case 'release':
        case 'close':
        case 'order':
        case 'invite':
          return isOwn(client) ? show(action) : undefined;
        case 'reveal':
        case 'suggest':
          return openId ? show(action) : undefined;
        case 'panel':
          return change({ isPanelOpen: !settings.isPanelOpen });
        case 'duty':
          return void client.setPresence({
            status: me?.presence.status === 'online' ? 'away' : 'online',
            reason: null,
          });
        case 'presence':
        case 'tasks':
        case 'quality':
        case 'own-account':
          return show(action);
        case 'hand-over':
        case 'practice':
          return may(client.store.read().account, 'conversations.work') ? show(action) : undefined;
        case 'accounts':
          return may(client.store.read().account, 'accounts.manage') ? show(action) : undefined;
        case 'wall':
          return may(client.store.read().account, 'wall.read') ? show(action) : undefined;
        case 'language':
          return change({ locale: settings.locale === 'zh' ? 'en' : 'zh' });
        case 'theme':
          return change({ theme: settings.theme === 'dark' ? 'light' : 'dark' });
        case 'focus-composer':
        case 'note':
        case 'canned':
        case 'task':
          for (const listener of acting.current) listener(action);
      }
    }
    return {
      settings,
      change,
      overlay,
      show,
      act,
      onAct: listen(acting.current),
      propose(text, isNote = false) {
        for (const listener of proposing.current) listener(text, isNote);
      },
      onProposed: listen(proposing.current),
    };
  }, [client, keep, settings, overlay]);
  useKeys(client, page);
  return page;
}

function useKeys(client: DeskClient, { act, overlay }: Page): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement | null;
      const isTyping = target?.matches('input:not([type=radio]), textarea, select') ?? false;
      const action = actionOf(event, isTyping);
      // A dialog has the keys to itself, and so has signing in, but for how the page looks.
      const isFree = overlay === null && client.store.read().phase === 'ready';
      if (!action || !(isFree || action === 'theme' || action === 'language')) return;
      event.preventDefault();
      act(action);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [client, act, overlay]);
}
