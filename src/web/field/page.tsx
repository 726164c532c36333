import { render } from 'preact';
import type { Locale } from '../../contract/activity';
import { createApi } from '../shared/call';
import { createKeep } from '../shared/session';
import { openField } from './client';
import { Job } from './job';
import { texts } from './texts';

/** The technicians' page: `/field#<token>`, `?lang=zh|en`. */
const token = location.hash.slice(1);
const asked = new URLSearchParams(location.search).get('lang');
const locale: Locale =
  asked === 'en' || (asked === null && !navigator.language.toLowerCase().startsWith('zh')) ? 'en' : 'zh';
const into = document.getElementById('root') ?? document.body;
const api = createApi('');

/** What is kept on the phone belongs to this link alone. */
const keep = createKeep(`field.${token.slice(-16)}`);

const draw = (state: Parameters<Parameters<typeof openField>[0]['onChange']>[0]): void => {
  document.title = state.job ? `${texts[locale].title} ${state.job.number}` : texts[locale].title;
  render(<Job state={state} client={client} locale={locale} now={() => Date.now() + state.offset} />, into);
};
const client = openField({ api, token, keep, fetch: globalThis.fetch.bind(globalThis), onChange: draw });

document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
draw({ job: null, offset: 0, isWaiting: false, isOffline: false, fault: null, end: null });

/** The newest state, after what is still owed to the server. */
const refresh = (): void => void client.flush().then(client.load);
refresh();
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') refresh();
});
addEventListener('online', refresh);
// A link that was opened over the page of another order.
addEventListener('hashchange', () => location.reload());
// "Online" tells of a network, not of one that works.
setInterval(() => void client.flush(), 5000);
setInterval(refresh, 60_000);
