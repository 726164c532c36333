import type { FromApp, ToApp } from '../../contract/app-bridge';

/**
 * What the page says to the app that shows it in a WebView, and hears from it. The page's words go to
 * `TelecomApp.postMessage(json)` (Android, addJavascriptInterface), to `webkit.messageHandlers.telecom` (iOS), or to the
 * parent of a frame of the same origin. The app answers by dispatching a `telecom-app` event whose detail is the answer,
 * or by `postMessage` from the parent. docs/chat.md lists the words.
 */
interface AppWindow {
  TelecomApp?: { postMessage(json: string): void };
  webkit?: { messageHandlers?: { telecom?: { postMessage(message: ToApp): void } } };
}

/** An app that does not answer leaves the customer without a chat: that is said rather than waited for. */
const ANSWER_MS = 15_000;
export const APP_EVENT = 'telecom-app';

export interface Bridge {
  tell(message: ToApp): void;
  /** Rejects when the app does not answer in time. */
  token(): Promise<string>;
  photo(): Promise<string | null>;
  onOrder(listener: (number: string) => void): void;
}

const isFromApp = (value: unknown): value is FromApp =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  ['token', 'photo', 'ask-order'].includes(String(value.type));

export function createBridge(page: Window & AppWindow): Bridge {
  const waiting = new Map<string, (answer: FromApp) => void>();
  let listener: (number: string) => void = () => undefined;
  let count = 0;

  function tell(message: ToApp): void {
    if (page.TelecomApp) page.TelecomApp.postMessage(JSON.stringify(message));
    else if (page.webkit?.messageHandlers?.telecom) page.webkit.messageHandlers.telecom.postMessage(message);
    else page.parent.postMessage(message, page.location.origin);
  }

  function hear(value: unknown): void {
    if (!isFromApp(value)) return;
    if (value.type === 'ask-order') return listener(value.number);
    waiting.get(value.id)?.(value);
    waiting.delete(value.id);
  }
  page.addEventListener(APP_EVENT, (event) => hear((event as CustomEvent<unknown>).detail));
  page.addEventListener('message', ({ source, origin, data }) => {
    // Only the page that frames this one, and only from here.
    if (source === page.parent && source !== page && origin === page.location.origin) hear(data);
  });

  function ask(type: 'token' | 'photo', withinMs: number): Promise<FromApp> {
    count += 1;
    const id = `${type}-${count}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error(`the app did not answer ${type}`));
      }, withinMs);
      waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      tell({ type, id });
    });
  }

  return {
    tell,
    async token() {
      const answer = await ask('token', ANSWER_MS);
      if (answer.type !== 'token') throw new Error('the app answered something else');
      return answer.token;
    },
    async photo() {
      // Somebody takes a picture: that has no time limit worth naming.
      const answer = await ask('photo', 10 * 60_000);
      return answer.type === 'photo' ? answer.dataUrl : null;
    },
    onOrder: (heard) => {
      listener = heard;
    },
  };
}
