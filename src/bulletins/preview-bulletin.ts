import { activityOf, type Render, renderings } from '../channels/renderings';
import type { BulletinPreview, BulletinText } from '../contract/bulletins';
import type { DialogSet } from '../dialogs/schema';
import { renderText, wordsOf } from '../dialogs/texts';

const CHANNELS: { channel: string; render: Render }[] = [
  { channel: 'web', render: renderings.web },
  { channel: 'app', render: renderings.app },
  { channel: 'wechat', render: renderings['wechat without a menu'] },
  { channel: 'wecom', render: renderings['wecom without a menu'] },
  { channel: 'bot-framework', render: renderings['bot-framework msteams'] },
];
const LOCALES = ['zh', 'en'] as const;

/** What customers of each channel would have before them, by the code that sends it to them. */
export function previewBulletin(
  { zh, en }: BulletinText,
  { patterns }: Pick<DialogSet, 'patterns'>,
  { timeZone, now }: { timeZone: string; now: number },
): BulletinPreview {
  const said = CHANNELS.flatMap(({ channel, render }) =>
    LOCALES.map((locale) => {
      const words = wordsOf(patterns.bulletin, locale, channel);
      const own = locale === 'en' ? (en ?? zh) : zh;
      const text = renderText(words, { text: own, isStaffed: true }, { locale, timeZone, now });
      return { channel, locale, texts: render(activityOf({ text, quickReplies: [] })).texts };
    }),
  );
  return { said };
}
