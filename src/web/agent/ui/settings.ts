import type { Locale } from '../../../contract/activity';
import type { Keep } from '../../shared/session';
import type { ThemeName } from '../../staff/theme';

/** What an agent chose for this computer. Sound and notifications are off until somebody turns them on. */
export interface DeskSettings {
  locale: Locale;
  theme: ThemeName;
  hasSound: boolean;
  hasNotifications: boolean;
  isPanelOpen: boolean;
}

const isDarkWanted = (): boolean => matchMedia('(prefers-color-scheme: dark)').matches;

export function readSettings(keep: Keep, asked: { lang: string | null; theme: string | null }): DeskSettings {
  const lang = asked.lang ?? keep.read('lang');
  const isChinese = lang ? lang === 'zh' : navigator.language.toLowerCase().startsWith('zh');
  const theme = asked.theme ?? keep.read('theme');
  return {
    locale: isChinese ? 'zh' : 'en',
    theme: theme === 'dark' || theme === 'light' ? theme : isDarkWanted() ? 'dark' : 'light',
    hasSound: keep.read('sound') === 'on',
    hasNotifications: keep.read('notifications') === 'on',
    isPanelOpen: keep.read('panel') !== 'off',
  };
}

export function writeSettings(keep: Keep, settings: DeskSettings): void {
  const onOff = (isOn: boolean) => (isOn ? 'on' : 'off');
  keep.write('lang', settings.locale);
  keep.write('theme', settings.theme);
  keep.write('sound', onOff(settings.hasSound));
  keep.write('notifications', onOff(settings.hasNotifications));
  keep.write('panel', onOff(settings.isPanelOpen));
}
