import Button from 'antd/es/button';
import { may } from '../../staff/may';
import { useAdmin, useAdminState, useBench } from './context';
import { PAGES, permissionOf, usePlace } from './use-place';

/** Where one can go, whether everything is saved, and who is signed in. */
export function TopBar() {
  const { client, words, settings, change } = useAdmin();
  const { shell } = words;
  const [place, go] = usePlace();
  const name = useAdminState((state) => state.account?.name ?? '');
  const account = useAdminState((state) => state.account);
  const isDark = settings.theme === 'dark';
  const isChinese = settings.locale === 'zh';
  return (
    <header className="admin-top">
      <h1>{shell.title}</h1>
      <nav className="pages" aria-label={shell.pagesLabel}>
        {PAGES.filter((page) => may(account, permissionOf(page))).map((page) => (
          <Button
            key={page}
            type={place.page === page ? 'primary' : 'text'}
            aria-current={place.page === page ? 'page' : undefined}
            onClick={() => go({ page, open: null, step: null })}
          >
            {shell.pages[page]}
          </Button>
        ))}
      </nav>
      <SaveState />
      <span className="spring" />
      <span className="tools">
        <Button
          type="text"
          lang={isChinese ? 'en' : 'zh'}
          onClick={() => change({ locale: isChinese ? 'en' : 'zh' })}
        >
          {shell.language}
        </Button>
        <Button type="text" onClick={() => change({ theme: isDark ? 'light' : 'dark' })}>
          {isDark ? shell.toLight : shell.toDark}
        </Button>
        <span className="who">{name}</span>
        <Button type="text" onClick={() => void client.signOut()}>
          {shell.signOut}
        </Button>
      </span>
    </header>
  );
}

function SaveState() {
  const { client, words } = useAdmin();
  const { shell } = words;
  const { saving, fault, draft } = useBench();
  if (!draft) return null;
  const told =
    saving === 'failed' ? (shell.faults[fault ?? ''] ?? shell.faults.failed) : shell.saving[saving];
  return (
    <>
      <p
        className={saving === 'failed' || saving === 'conflict' ? 'save-state warn' : 'save-state'}
        role="status"
      >
        {told}
        {saving === 'saved' && draft.changed.length > 0 && ` · ${shell.changedFiles(draft.changed.length)}`}
      </p>
      {saving === 'failed' && (
        <Button size="small" onClick={() => void client.save()}>
          {shell.again}
        </Button>
      )}
    </>
  );
}
