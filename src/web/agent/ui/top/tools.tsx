import Button from 'antd/es/button';
import { keysOf } from '../../state/shortcuts';
import { useDesk, useDeskState, useMay } from '../context';
import { usePage } from '../page';

/** What concerns the whole desk and not one conversation. */
export function Tools() {
  const { words, locale } = useDesk();
  const { shell } = words;
  const { settings, change, act, show } = usePage();
  const mentions = useDeskState((state) => state.mentions.length);
  const mayWork = useMay('conversations.work');
  const isDark = settings.theme === 'dark';
  return (
    <nav className="tools" aria-label={shell.more}>
      <Button type="text" title={keysOf('mentions')} onClick={() => act('mentions')}>
        {shell.mentions}
        {mentions > 0 && ` ${mentions}`}
      </Button>
      <Button type="text" title={keysOf('tasks')} onClick={() => act('tasks')}>
        {words.tasks.tasks}
      </Button>
      <Button type="text" title={keysOf('quality')} onClick={() => act('quality')}>
        {words.quality.quality}
      </Button>
      {mayWork && (
        <>
          <Button type="text" title={keysOf('hand-over')} onClick={() => act('hand-over')}>
            {words.handOver.handOver}
          </Button>
          <Button type="text" title={keysOf('practice')} onClick={() => act('practice')}>
            {words.practice.practice}
          </Button>
        </>
      )}
      <Button type="text" onClick={() => show('canned')}>
        {shell.cannedManage}
      </Button>
      <Button
        type="text"
        aria-pressed={settings.hasSound}
        onClick={() => change({ hasSound: !settings.hasSound })}
      >
        {settings.hasSound ? shell.soundOff : shell.soundOn}
      </Button>
      <Notifications />
      <Button
        type="text"
        lang={locale === 'zh' ? 'en' : 'zh'}
        title={keysOf('language')}
        onClick={() => act('language')}
      >
        {shell.language}
      </Button>
      <Button type="text" title={keysOf('theme')} onClick={() => act('theme')}>
        {isDark ? shell.toLight : shell.toDark}
      </Button>
      <Button type="text" aria-label={shell.help} title={shell.help} onClick={() => act('help')}>
        <span className="short">?</span>
        <span className="long">{shell.help}</span>
      </Button>
    </nav>
  );
}

function Notifications() {
  const { client, words } = useDesk();
  const { shell } = words;
  const { settings, change } = usePage();
  async function turn(): Promise<void> {
    if (settings.hasNotifications) return change({ hasNotifications: false });
    const isAllowed = (await Notification.requestPermission()) === 'granted';
    change({ hasNotifications: isAllowed });
    if (!isAllowed) client.store.dispatch({ type: 'notice', text: 'notifyDenied', isBad: true });
  }
  if (!('Notification' in window)) return null;
  return (
    <Button type="text" aria-pressed={settings.hasNotifications} onClick={() => void turn()}>
      {settings.hasNotifications ? shell.notifyOff : shell.notifyOn}
    </Button>
  );
}
