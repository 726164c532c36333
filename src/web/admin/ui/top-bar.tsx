import Button from 'antd/es/button';
import { may } from '../../staff/may';
import { useAdmin, useAdminState, useBench, useLimits } from './context';
import { PageMenu } from './page-menu';
import { useNarrow } from './use-narrow';
import { isForPlaces, PAGES, permissionOf, usePlace } from './use-place';

/** Where one can go, whether everything is saved, and who is signed in. */
export function TopBar() {
  const { words, settings } = useAdmin();
  const { shell } = words;
  const [place, go] = usePlace();
  const account = useAdminState((state) => state.account);
  const isNarrow = useNarrow(settings.locale);
  const isLimited = useLimits().length > 0;
  const pages = PAGES.filter((page) => may(account, permissionOf(page)) && (!isLimited || isForPlaces(page)));
  // Whoever may not see where the address leads is shown the first page of theirs.
  const page = pages.includes(place.page) ? place.page : (pages[0] ?? place.page);
  if (isNarrow)
    return (
      <header className="admin-top">
        <h1>{shell.title}</h1>
        <PageMenu page={page} pages={pages}>
          <Tools />
        </PageMenu>
        <span className="spring" />
        <SaveState />
      </header>
    );
  return (
    <header className="admin-top">
      <h1>{shell.title}</h1>
      <nav className="pages" aria-label={shell.pagesLabel}>
        {pages.map((each) => (
          <Button
            key={each}
            type={page === each ? 'primary' : 'text'}
            aria-current={page === each ? 'page' : undefined}
            onClick={() => go({ page: each, open: null, step: null })}
          >
            {shell.pages[each]}
          </Button>
        ))}
      </nav>
      <SaveState />
      <span className="spring" />
      <span className="tools">
        <Tools />
      </span>
    </header>
  );
}

/** Language, theme, who is signed in, and leaving. */
function Tools() {
  const { client, words, settings, change } = useAdmin();
  const { shell } = words;
  const name = useAdminState((state) => state.account?.name ?? '');
  const isDark = settings.theme === 'dark';
  const isChinese = settings.locale === 'zh';
  return (
    <>
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
    </>
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
