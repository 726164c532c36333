import { createRoot } from 'react-dom/client';
import { createApi } from '../shared/call';
import { createKeep } from '../shared/session';
import { nameStyles } from '../staff/name-styles';
import { createDeskClient } from './client/desk-client';
import { App } from './ui/app';
import { readSettings } from './ui/settings';

/** The agents' desk: `/agent`, `?lang=zh|en`, `?theme=light|dark`. */
const asked = new URLSearchParams(location.search);
const keep = createKeep('desk');
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

const nonce = root.dataset.nonce ?? '';
nameStyles(nonce);

const client = createDeskClient(createApi(''));
const settings = readSettings(keep, { lang: asked.get('lang'), theme: asked.get('theme') });
createRoot(root).render(<App client={client} keep={keep} settings={settings} nonce={nonce} />);
void client.start();
