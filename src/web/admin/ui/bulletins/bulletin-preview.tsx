import { useEffect, useState } from 'react';
import type { BulletinPreview as Preview } from '../../../../contract/bulletins';
import { useAdmin } from '../context';

const QUIET_MS = 400;
const LOCALES = ['zh', 'en'] as const;

/** What customers have before them, by the code that sends it; channels that show the same stand together. */
export function BulletinPreview({ zh, en }: { zh: string; en: string }) {
  const { bulletins } = useAdmin().words;
  const preview = usePreview(zh, en);
  return (
    <section className="bulletin-preview" aria-label={bulletins.preview}>
      <h3>{bulletins.preview}</h3>
      {!preview && <p className="quiet">{bulletins.previewEmpty}</p>}
      {preview &&
        LOCALES.flatMap((locale) =>
          groupsOf(preview, locale).map(({ text, channels }) => (
            <div key={locale + text} className="shown">
              <p className="label">
                {bulletins.locales[locale]} ·{' '}
                {channels
                  .map((each) => bulletins.channels[each as keyof typeof bulletins.channels])
                  .join(' · ')}
              </p>
              <p className="bubble" lang={locale}>
                {text}
              </p>
            </div>
          )),
        )}
    </section>
  );
}

function groupsOf({ said }: Preview, locale: 'zh' | 'en'): { text: string; channels: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const each of said.filter((one) => one.locale === locale)) {
    const text = each.texts.join('\n');
    groups.set(text, [...(groups.get(text) ?? []), each.channel]);
  }
  return [...groups].map(([text, channels]) => ({ text, channels }));
}

/** Asked for when one pauses. */
function usePreview(zh: string, en: string): Preview | null {
  const { client } = useAdmin();
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    if (zh === '') return setPreview(null);
    let isGone = false;
    const timer = setTimeout(async () => {
      const text = { zh, en: en === '' ? null : en };
      const answer = await client.call<Preview>('POST', '/admin/bulletins/preview', { text });
      if (!isGone && answer.ok) setPreview(answer.value);
    }, QUIET_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, zh, en]);
  return preview;
}
