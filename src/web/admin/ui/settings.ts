import type { Locale } from '../../../contract/activity';
import type { Keep } from '../../shared/session';
import type { ThemeName } from '../../staff/theme';

/** What somebody chose for this computer. */
export interface AdminSettings {
  locale: Locale;
  theme: ThemeName;
}

export function readSettings(
  keep: Keep,
  asked: { lang: string | null; theme: string | null },
): AdminSettings {
  const lang = asked.lang ?? keep.read('lang');
  const isChinese = lang ? lang === 'zh' : navigator.language.toLowerCase().startsWith('zh');
  const theme = asked.theme ?? keep.read('theme');
  const isDark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  return { locale: isChinese ? 'zh' : 'en', theme: isDark ? 'dark' : 'light' };
}

export function writeSettings(keep: Keep, { locale, theme }: AdminSettings): void {
  keep.write('lang', locale);
  keep.write('theme', theme);
}
