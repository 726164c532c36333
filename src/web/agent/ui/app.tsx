import ConfigProvider from 'antd/es/config-provider';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import Modal from 'antd/es/modal';
import { Fragment, useEffect, useMemo } from 'react';
import type { Keep } from '../../shared/session';
import { themeOf } from '../../staff/theme';
import type { DeskClient } from '../client/desk-client';
import { AccountsPage } from './accounts/accounts-page';
import { BeyondDialog } from './beyond-dialog';
import { Broadcasts } from './broadcasts';
import { CannedDialog } from './canned-dialog';
import { DeskProvider, useDesk, useDeskState } from './context';
import { Conversation } from './conversation';
import { CustomerPanel } from './customer-panel';
import { InviteDialog } from './guests/invite-dialog';
import { HandOverPage } from './hand-over-page';
import { Help } from './help';
import { WallPage } from './lead/wall';
import { Lists } from './lists';
import { MentionsDialog } from './mentions-dialog';
import { MustSetFactor } from './must-set-factor';
import { Notices } from './notices';
import { OrderDialog } from './order-dialog';
import { OwnAccountDialog } from './own-account/own-account-dialog';
import { isOverPage, PageContext, usePage } from './page';
import { PracticePage } from './practice/practice-page';
import { PresenceDialog } from './presence-dialog';
import { QualityPage } from './quality/quality-page';
import type { DeskSettings } from './settings';
import { SignInForm } from './sign-in';
import { CloseDialog, ReleaseDialog, RevealDialog } from './step-dialogs';
import { SuggestDialog } from './suggest-dialog';
import { TasksDialog } from './tasks/tasks-dialog';
import { TopBar } from './top/top-bar';
import { TransferDialog } from './transfer-dialog';
import { useAlerts } from './use-alerts';
import { usePageState } from './use-page';

interface AppProps {
  client: DeskClient;
  keep: Keep;
  settings: DeskSettings;
  /** By which the browser takes the style sheets that antd makes. */
  nonce: string;
}

/** The whole page: theme and language around the desk. */
export function App({ client, keep, settings: initial, nonce }: AppProps) {
  const page = usePageState(client, keep, initial);
  const { locale, theme } = page.settings;
  const antd = useMemo(() => themeOf(theme), [theme]);
  const csp = useMemo(() => ({ nonce }), [nonce]);
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.theme = theme;
  }, [locale, theme]);
  return (
    <ConfigProvider
      theme={antd}
      locale={locale === 'zh' ? zhCN : enUS}
      csp={csp}
      button={{ autoInsertSpace: false }}
    >
      <DeskProvider client={client} locale={locale}>
        <PageContext value={page}>
          <Desk />
        </PageContext>
      </DeskProvider>
    </ConfigProvider>
  );
}

function Desk() {
  const { shell } = useDesk().words;
  const phase = useDeskState((state) => state.phase);
  if (phase === 'starting') {
    return (
      <main className="door">
        <p role="status">{shell.loading}</p>
      </main>
    );
  }
  if (phase === 'signed-out') {
    return (
      <main className="door">
        <h1>{shell.title}</h1>
        <SignInForm />
        <Notices />
      </main>
    );
  }
  if (phase === 'limited') {
    return (
      <main className="door">
        <h1>{shell.title}</h1>
        <MustSetFactor />
        <Notices />
      </main>
    );
  }
  return <Work />;
}

function Work() {
  const { words } = useDesk();
  const { shell } = words;
  const { settings, overlay } = usePage();
  const phase = useDeskState((state) => state.phase);
  const login = useDeskState((state) => state.account?.login ?? '');
  const hasOpen = useDeskState((state) => state.openId !== null);
  const unreadTitle = useAlerts();
  useEffect(() => {
    document.title = unreadTitle > 0 ? `(${unreadTitle}) ${shell.title}` : shell.title;
  }, [unreadTitle, shell.title]);
  const layout = `desk${hasOpen ? ' has-open' : ''}${settings.isPanelOpen && hasOpen ? ' has-panel' : ''}`;
  return (
    <div className={layout}>
      {/* What lies under a page takes no part until it is closed. */}
      <div className="under" inert={isOverPage(overlay)}>
        <TopBar />
        <Broadcasts />
        <Lists />
        <Conversation />
        {settings.isPanelOpen && <CustomerPanel />}
      </div>
      <WallPage />
      <QualityPage />
      <HandOverPage />
      <PracticePage />
      <AccountsPage />
      <Notices />
      <Dialogs />
      <Modal
        open={phase === 'expired'}
        title={shell.expiredTitle}
        footer={null}
        closable={false}
        mask={{ closable: false }}
      >
        <p className="hint">{shell.expiredHint}</p>
        <SignInForm login={login} />
      </Modal>
    </div>
  );
}

function Dialogs() {
  const loaded = useDeskState((state) => (state.openId ? state.loaded[state.openId] : undefined));
  return (
    <>
      <Help />
      <PresenceDialog />
      <BeyondDialog />
      <MentionsDialog />
      <CannedDialog />
      <TasksDialog />
      <OwnAccountDialog />
      {loaded && (
        <Fragment key={loaded.view.conversationId}>
          <TransferDialog />
          <InviteDialog view={loaded.view} />
          <ReleaseDialog view={loaded.view} />
          <CloseDialog />
          <RevealDialog />
          <OrderDialog view={loaded.view} />
          <SuggestDialog view={loaded.view} />
        </Fragment>
      )}
    </>
  );
}
