import { readSettings } from '../chat/settings';
import { startChat } from '../chat/start';
import { createApi } from '../shared/call';
import { createKeep } from '../shared/session';
import { createBridge } from './bridge';

/** The chat in the operator's app: the token, pictures and orders go through the app. */
const keep = createKeep('chat-app');
const api = createApi('');
const bridge = createBridge(window);
const asked = new URLSearchParams(location.search);
const isSeen = () => document.visibilityState === 'visible';

/** A picture as the app hands it over: a data URL of JPEG, PNG or WebP. */
function fileOf(dataUrl: string): File | null {
  const found = /^data:(image\/(?:jpeg|png|webp));base64,([A-Za-z0-9+/=]+)$/.exec(dataUrl);
  if (!found) return null;
  const [, type = '', base64 = ''] = found;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return new File([bytes], `photo.${type.slice('image/'.length)}`, { type });
}

const chat = startChat({
  into: document.getElementById('root') ?? document.body,
  api,
  base: '',
  keep,
  settings: readSettings(keep, { locale: asked.get('lang'), size: asked.get('size') }),
  // Which conversation it is for, and whose, the server says when it is opened.
  authorise: () => async () => ({ token: await bridge.token(), conversationId: null, userId: null }),
  isSeen,
  onChange(_state, { locale }) {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  },
  onClose: () => bridge.tell({ type: 'close' }),
  onOrder: (number) => bridge.tell({ type: 'order', number }),
  onPhoto: async () => {
    const dataUrl = await bridge.photo();
    return dataUrl === null ? null : fileOf(dataUrl);
  },
});
bridge.onOrder((number) => chat.send(number));

document.addEventListener('visibilitychange', () => {
  if (!isSeen()) return;
  chat.see();
  chat.wake();
});
for (const event of ['online', 'focus']) addEventListener(event, () => chat.wake());
