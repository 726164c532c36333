import type { Locale } from '../../contract/activity';
import type { Keep } from '../shared/session';

/** What a customer chose for this chat, kept on the device. */
export interface Settings {
  locale: Locale;
  isLarge: boolean;
}

const isLocale = (name: string | null | undefined): name is Locale => name === 'zh' || name === 'en';

/** What is asked for in the address, else what was chosen before, else what the browser speaks. */
export function readSettings(keep: Keep, asked: { locale?: string | null; size?: string | null }): Settings {
  const kept = keep.read('language');
  const spoken: Locale = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  const locale = isLocale(asked.locale) ? asked.locale : isLocale(kept) ? kept : spoken;
  return { locale, isLarge: (asked.size ?? keep.read('size')) === 'large' };
}

export function keepSettings(keep: Keep, { locale, isLarge }: Settings): void {
  keep.write('language', locale);
  keep.write('size', isLarge ? 'large' : 'normal');
}
