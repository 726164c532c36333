import flow from '@xyflow/react/dist/base.css';
import { createRoot } from 'react-dom/client';
import { createApi } from '../shared/call';
import { createKeep } from '../shared/session';
import { nameStyles } from '../staff/name-styles';
import { createAdminClient } from './client/admin-client';
import { App } from './ui/app';
import { readSettings } from './ui/settings';

/** The editor of content: `/admin`, `?lang=zh|en`, `?theme=light|dark`; what is open stands behind the `#`. */
const asked = new URLSearchParams(location.search);
const keep = createKeep('admin');
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

const nonce = root.dataset.nonce ?? '';
nameStyles(nonce);
const sheet = document.createElement('style');
sheet.textContent = flow;
// Before our own, which has the last word.
document.head.prepend(sheet);

const client = createAdminClient(createApi(''));
const settings = readSettings(keep, { lang: asked.get('lang'), theme: asked.get('theme') });
createRoot(root).render(<App client={client} keep={keep} settings={settings} nonce={nonce} />);
void client.start();
