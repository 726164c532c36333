import chatCss from '../chat/chat.css';
import { readSettings } from '../chat/settings';
import { startChat } from '../chat/start';
import { texts } from '../chat/texts';
import { createApi } from '../shared/call';
import type { ChatClient } from '../shared/chat-client';
import { createKeep, visitorOf } from '../shared/session';
import { drawLauncher } from './launcher';
import widgetCss from './widget.css';

/**
 * The chat on a page of others, by one script tag:
 * `<script src="https://bot.example/widget.js" data-lang="zh" defer></script>`. Everything is drawn in a shadow root, no
 * global is left behind, and nothing is connected before the customer opens it or has a conversation here already.
 */
const OPENERS = '[data-open-chat]';

function adopt(root: ShadowRoot): void {
  // Style sheets that are made by a script need no leave of the page's content policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(chatCss + widgetCss);
  root.adoptedStyleSheets = [sheet];
}

function createWidget(script: HTMLScriptElement): void {
  const { lang, size, side = 'right', name = 'chat' } = script.dataset;
  const base = new URL(script.src).origin;
  const keep = createKeep(`telecom-${name}`);
  const api = createApi(base);
  let settings = readSettings(keep, { locale: lang, size });
  let chat: ChatClient | null = null;
  let isOpen = false;

  const host = document.createElement('div');
  host.dataset.side = side;
  const root = host.attachShadow({ mode: 'open' });
  adopt(root);
  const panel = document.createElement('div');
  panel.className = 'panel hidden';
  panel.setAttribute('role', 'dialog');
  const place = document.createElement('div');
  root.append(place, panel);
  document.body.append(host);

  const isSeen = () => isOpen && document.visibilityState === 'visible';
  const draw = (unread: number) => {
    panel.setAttribute('aria-label', texts[settings.locale].title);
    drawLauncher(place, { isOpen, unread, text: texts[settings.locale], onOpen: open });
  };

  function connect(): ChatClient {
    chat ??= startChat({
      into: panel,
      api,
      base,
      keep,
      settings,
      authorise: (locale) => visitorOf(api, keep, locale),
      isSeen,
      onChange: ({ unread }, chosen) => {
        settings = chosen;
        draw(unread);
      },
      onClose: close,
    });
    return chat;
  }
  function open(): void {
    isOpen = true;
    panel.classList.remove('hidden');
    connect().see();
    draw(0);
    root.querySelector('textarea')?.focus();
  }
  function close(): void {
    isOpen = false;
    panel.classList.add('hidden');
    draw(chat?.state().unread ?? 0);
    root.querySelector<HTMLButtonElement>('.launcher')?.focus();
  }

  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest(OPENERS)) open();
  });
  document.addEventListener('visibilitychange', () => {
    if (!isSeen()) return;
    chat?.see();
    chat?.wake();
  });
  for (const event of ['online', 'focus']) addEventListener(event, () => chat?.wake());
  // Somebody with a conversation sees that an answer has come.
  if (keep.read('resume') !== null) connect();
  draw(0);
}

const { currentScript } = document;
if (currentScript instanceof HTMLScriptElement) {
  const start = () => createWidget(currentScript);
  if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
}
