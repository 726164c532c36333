import Button from 'antd/es/button';
import ConfigProvider from 'antd/es/config-provider';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import Modal from 'antd/es/modal';
import { type ComponentType, useCallback, useEffect, useMemo, useState } from 'react';
import type { Keep } from '../../shared/session';
import { SignInForm } from '../../staff/sign-in-form';
import { themeOf } from '../../staff/theme';
import type { AdminClient } from '../client/admin-client';
import { ArticlesPage } from './articles/articles-page';
import { BulletinsPage } from './bulletins/bulletins-page';
import { ChannelsPage } from './channels/channels-page';
import { AdminProvider, useAdmin, useAdminState, useBench, useLimits, useMay } from './context';
import { DialogsPage } from './dialogs/dialogs-page';
import { DraftConflict } from './draft-conflict';
import { FilesPage } from './files/files-page';
import { IntentsPage } from './intents/intents-page';
import { LexiconPage } from './lexicon/lexicon-page';
import { MessagesPage } from './messages/messages-page';
import { Notice } from './notice';
import { PromisesPage } from './promises/promises-page';
import { RepliesPage } from './replies/replies-page';
import { type AdminSettings, writeSettings } from './settings';
import { TablesPage } from './tables/tables-page';
import { TopBar } from './top-bar';
import { type PageName, permissionOf, usePlace } from './use-place';
import { VersionsPage } from './versions/versions-page';

interface AppProps {
  client: AdminClient;
  keep: Keep;
  settings: AdminSettings;
  nonce: string;
}

/** The whole page: theme and language around the editor. */
export function App({ client, keep, settings: initial, nonce }: AppProps) {
  const [settings, setSettings] = useState(initial);
  const { locale, theme } = settings;
  const antd = useMemo(() => themeOf(theme), [theme]);
  const csp = useMemo(() => ({ nonce }), [nonce]);
  const change = useCallback(
    (next: Partial<AdminSettings>) => setSettings((now) => ({ ...now, ...next })),
    [],
  );
  useEffect(() => {
    writeSettings(keep, { locale, theme });
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.theme = theme;
  }, [keep, locale, theme]);
  return (
    <ConfigProvider
      theme={antd}
      locale={locale === 'zh' ? zhCN : enUS}
      csp={csp}
      button={{ autoInsertSpace: false }}
    >
      <AdminProvider client={client} settings={settings} change={change} nonce={nonce}>
        <Editor />
        <Notice />
      </AdminProvider>
    </ConfigProvider>
  );
}

function SignIn({ login }: { login?: string }) {
  const { client, words } = useAdmin();
  const { shell } = words;
  return (
    <SignInForm
      words={shell}
      faults={shell.faults}
      back="/admin"
      login={login}
      hasOpenId={client.hasOpenId}
      signIn={client.signIn}
    />
  );
}

function Editor() {
  const { words, client } = useAdmin();
  const { shell } = words;
  const phase = useAdminState((state) => state.phase);
  const login = useAdminState((state) => state.account?.login ?? '');
  useEffect(() => {
    document.title = shell.title;
  }, [shell.title]);
  if (phase === 'ready' || phase === 'expired')
    return (
      <>
        <Work />
        <Modal
          open={phase === 'expired'}
          title={shell.expiredTitle}
          footer={null}
          closable={false}
          mask={{ closable: false }}
        >
          <p className="hint">{shell.expiredHint}</p>
          <SignIn login={login} />
        </Modal>
      </>
    );
  return (
    <main className="door">
      {phase === 'starting' ? (
        <p role="status">{shell.loading}</p>
      ) : (
        <>
          <h1>{shell.title}</h1>
          {phase === 'signed-out' ? (
            <SignIn />
          ) : (
            <>
              <p className="warn">{shell.mustSetFactor}</p>
              <a href="/agent">{shell.toDesk}</a>
              <Button type="text" onClick={() => void client.signOut()}>
                {shell.signOut}
              </Button>
            </>
          )}
        </>
      )}
    </main>
  );
}

function Work() {
  const { shell } = useAdmin().words;
  const [place] = usePlace();
  const mayRead = useMay('content.read');
  const isRead = useBench().draft !== null;
  const mayReadBulletins = useMay('bulletins.read');
  const mayPage = useMay(permissionOf(place.page));
  const Apart = mayPage ? APART[place.page] : undefined;
  const { client } = useAdmin();
  return (
    <div className="admin">
      <TopBar />
      {Apart ? (
        <Apart />
      ) : !mayRead && mayReadBulletins ? (
        <BulletinsPage />
      ) : !mayRead ? (
        <main className="admin-empty">
          <p>{shell.mayNot}</p>
        </main>
      ) : !isRead ? (
        <main className="admin-empty">
          <p role="status">{shell.loading}</p>
          <Button onClick={() => void client.readDraft()}>{shell.again}</Button>
        </main>
      ) : (
        <Page name={place.page} />
      )}
      <DraftConflict />
    </div>
  );
}

/** Pages that need no draft: what is changed there holds at once. */
const APART: Partial<Record<PageName, ComponentType>> = {
  bulletins: BulletinsPage,
  replies: RepliesPage,
  channels: ChannelsPage,
};

/** Pages on which the draft is edited. */
const EDITED: Partial<Record<PageName, ComponentType>> = {
  intents: IntentsPage,
  articles: ArticlesPage,
  tables: TablesPage,
  lexicon: LexiconPage,
  messages: MessagesPage,
  promises: PromisesPage,
  files: FilesPage,
};

function Page({ name }: { name: PageName }) {
  const { shell } = useAdmin().words;
  const mayEdit = useMay('content.edit');
  const limits = useLimits();
  if (name === 'versions') return <VersionsPage />;
  if (!mayEdit)
    return (
      <main className="admin-empty">
        <p>{shell.mayNotEdit}</p>
      </main>
    );
  if (limits.length > 0)
    return (
      <div className="limited">
        <aside className="limited-told" aria-label={shell.limits}>
          {shell.onlyPlaces(limits)}
        </aside>
        {name === 'tables' ? <TablesPage /> : <ArticlesPage />}
      </div>
    );
  const Edited = EDITED[name] ?? DialogsPage;
  return <Edited />;
}
