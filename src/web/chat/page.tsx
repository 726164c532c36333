import { createApi } from '../shared/call';
import { createKeep, visitorOf } from '../shared/session';
import { readSettings } from './settings';
import { startChat } from './start';
import { texts } from './texts';

/** The chat page: `?lang=zh|en`, `?size=large`. */
const keep = createKeep('chat');
const api = createApi('');
const asked = new URLSearchParams(location.search);
const isSeen = () => document.visibilityState === 'visible';

const chat = startChat({
  into: document.getElementById('root') ?? document.body,
  api,
  base: '',
  keep,
  settings: readSettings(keep, { locale: asked.get('lang'), size: asked.get('size') }),
  authorise: (locale) => visitorOf(api, keep, locale),
  isSeen,
  onChange({ unread }, { locale }) {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${texts[locale].title}`;
  },
});

document.addEventListener('visibilitychange', () => {
  if (!isSeen()) return;
  chat.see();
  chat.wake();
});
for (const event of ['online', 'focus']) addEventListener(event, () => chat.wake());
