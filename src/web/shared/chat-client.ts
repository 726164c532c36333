import type { Activity, Locale } from '../../contract/activity';
import { type Api, CallError } from './call';
import { type ChatEvent, type ChatState, emptyChat, isQueued, reduceChat } from './chat-state';
import { openConnection } from './connection';
import { createOutgoing } from './outgoing';
import { watchQueue } from './queue-watch';
import { type Authorise, createSession, type Keep } from './session';
import { startUpload, type Upload } from './upload';

export interface ChatClientOptions {
  api: Api;
  /** Where the server is; empty for the page's own. */
  base: string;
  authorise: Authorise;
  keep: Keep;
  locale: () => Locale;
  onChange: (state: ChatState) => void;
  /** Whether somebody looks at the chat now. */
  isSeen: () => boolean;
}

/** One chat, from opening to closing: what page and widget show, and what they can do. */
export interface ChatClient {
  state(): ChatState;
  send(text: string): void;
  sendFile(file: File): void;
  /** Tries again what failed. */
  retry(id: string): void;
  /** Takes back what has not gone out, or stops an upload. */
  takeBack(id: string): void;
  /** The customer is writing: a human who has the conversation sees it. */
  typing(): void;
  /** Somebody looks at the chat. */
  see(): void;
  /** The network is back or somebody has come: reconnects at once. */
  wake(): void;
  close(): void;
}

/** How often it is told that the customer is writing. */
const TELL_TYPING_MS = 3000;
/** The bot answers at once, an agent takes longer; after that nobody is writing any more. */
const TYPING_MS = 30_000;

export function openChat(options: ChatClientOptions): ChatClient {
  const { api, base, keep, locale, isSeen } = options;
  let state = emptyChat;
  let queue: { close(): void } | null = null;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let typingToldAt = 0;
  const uploads = new Map<string, { file: File; upload: Upload; preview: string }>();
  const now = () => Date.now() + api.clockOffset();

  function apply(event: ChatEvent): void {
    state = reduceChat(state, event);
    options.onChange(state);
    watchWhileWaiting();
  }

  /** The line moves while somebody waits in it, and only then is it asked for. */
  function watchWhileWaiting(): void {
    const isWaiting = isQueued(state);
    if (isWaiting === (queue !== null)) return;
    queue?.close();
    queue = isWaiting
      ? watchQueue({
          session,
          conversationId: connection.conversationId,
          onPlace: (place) => apply({ type: 'queue-place', ...place }),
        })
      : null;
  }

  const session = createSession(api, options.authorise);
  const connection = openConnection({
    session,
    onStatus(status) {
      if (status === 'ended') outgoing.close();
      apply({ type: 'status', status });
    },
    onActivities: take,
    isWatched: () => document.hasFocus(),
  });
  const outgoing = createOutgoing({
    session,
    keep,
    locale,
    conversationId: connection.conversationId,
    onState: (id, sendState) => apply({ type: 'send-state', id, state: sendState }),
  });
  for (const message of outgoing.unsent()) apply({ type: 'sent', message });

  function take(activities: Activity[]): void {
    for (const { channelData } of activities) {
      const id = (channelData as { clientActivityID?: string } | undefined)?.clientActivityID;
      if (id) forget(id);
    }
    apply({ type: 'activities', activities, userId: session.userId(), isSeen: isSeen(), now: now() });
    if (!state.isTyping) return;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => apply({ type: 'typing-over' }), TYPING_MS);
  }

  function forget(id: string): void {
    outgoing.forget(id);
    const found = uploads.get(id);
    if (found) URL.revokeObjectURL(found.preview);
    uploads.delete(id);
  }

  function upload(file: File, id?: string, shown?: string): void {
    const conversationId = connection.conversationId();
    const preview = shown ?? URL.createObjectURL(file);
    const started = startUpload(
      file,
      {
        session,
        base,
        conversationId: conversationId ?? '',
        locale: locale(),
        onProgress: (share) => apply({ type: 'progress', id: started.id, share }),
      },
      id,
    );
    uploads.set(started.id, { file, upload: started, preview });
    if (id === undefined) {
      const message = { id: started.id, text: '', at: now() };
      const attachments = [{ contentType: file.type, contentUrl: preview, name: file.name }];
      apply({ type: 'sent', message, attachments });
    } else apply({ type: 'send-state', id, state: 'sending' });
    started.done.catch((error: unknown) => {
      if (error instanceof CallError && error.code === 'cancelled') return;
      apply({ type: 'send-state', id: started.id, state: 'failed' });
    });
  }

  return {
    state: () => state,
    send: (text) => apply({ type: 'sent', message: outgoing.send(text) }),
    sendFile: (file) => upload(file),
    retry(id) {
      const found = uploads.get(id);
      if (found) upload(found.file, id, found.preview);
      else outgoing.retry(id);
    },
    takeBack(id) {
      uploads.get(id)?.upload.cancel();
      forget(id);
      apply({ type: 'taken-back', id });
    },
    typing() {
      const conversationId = connection.conversationId();
      const isHuman = state.handoff?.owner === 'human';
      if (!isHuman || conversationId === null || Date.now() - typingToldAt < TELL_TYPING_MS) return;
      typingToldAt = Date.now();
      const path = `/v3/directline/conversations/${conversationId}/activities`;
      // Lost without harm.
      session.call('POST', path, { body: { type: 'typing' } }).catch(() => undefined);
    },
    see: () => apply({ type: 'seen' }),
    wake: () => connection.wake(),
    close(): void {
      clearTimeout(typingTimer);
      queue?.close();
      connection.close();
      outgoing.close();
      for (const { upload: running } of uploads.values()) running.cancel();
    },
  };
}
