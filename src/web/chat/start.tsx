import { render } from 'preact';
import type { Api } from '../shared/call';
import { type ChatClient, openChat } from '../shared/chat-client';
import { type ChatState, emptyChat } from '../shared/chat-state';
import type { Authorise, Keep } from '../shared/session';
import { Chat } from './chat';
import { keepSettings, type Settings } from './settings';

export interface StartOptions {
  /** What the chat is drawn into. */
  into: Element | ShadowRoot;
  api: Api;
  base: string;
  keep: Keep;
  settings: Settings;
  authorise: (locale: () => Settings['locale']) => Authorise;
  isSeen: () => boolean;
  /** Called whenever the chat or a setting changes. */
  onChange: (state: ChatState, settings: Settings) => void;
  onClose?: () => void;
  onOrder?: (number: string) => void;
  onPhoto?: () => Promise<File | null>;
}

/** Opens a chat and draws it, until it is closed. */
export function startChat(options: StartOptions): ChatClient {
  const { into, api, keep, base, isSeen, onClose, onOrder, onPhoto } = options;
  let settings = options.settings;
  let state = emptyChat;
  const locale = () => settings.locale;

  function change(next: Partial<Settings>): void {
    settings = { ...settings, ...next };
    keepSettings(keep, settings);
    draw();
  }
  function draw(): void {
    options.onChange(state, settings);
    render(
      <Chat
        state={state}
        client={client}
        {...settings}
        now={() => Date.now() + api.clockOffset()}
        onLocale={(chosen) => change({ locale: chosen })}
        onLarge={(isLarge) => change({ isLarge })}
        onClose={onClose}
        onOrder={onOrder}
        onPhoto={onPhoto}
      />,
      into,
    );
  }
  const client: ChatClient = openChat({
    api,
    base,
    keep,
    locale,
    authorise: options.authorise(locale),
    isSeen,
    onChange: (next) => {
      state = next;
      // What the client tells while it opens is drawn once it is there.
      queueMicrotask(draw);
    },
  });
  draw();
  return client;
}
