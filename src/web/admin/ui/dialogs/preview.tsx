import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import type { ContentPreview, PreviewChannel } from '../../../../contract/content-preview';
import { previewChannelSchema } from '../../../../contract/content-preview';
import type { Step } from '../../../../dialogs/schema';
import { useAdmin } from '../context';
import type { DialogFile } from './use-file';

const CHANNELS = previewChannelSchema.options;
const QUIET_MS = 400;

/** The step as customers of a channel see it, by the code that sends it to them. */
export function Preview({ file, step }: { file: DialogFile; step: Step }) {
  const { words } = useAdmin();
  const { dialogs, keys } = words;
  const [channel, setChannel] = useState<PreviewChannel>('web');
  const preview = usePreview(file.text, step.id);
  const { locale } = useAdmin().settings;
  const said = preview?.said.filter((each) => each.channel === channel && each.locale === locale) ?? [];
  return (
    <section className="preview" aria-label={dialogs.preview}>
      <h4>
        {dialogs.preview} <span className="quiet">{dialogs.previewHint}</span>
      </h4>
      <nav className="tabs" aria-label={dialogs.channel}>
        {CHANNELS.map((each) => (
          <Button
            key={each}
            size="small"
            type={each === channel ? 'primary' : 'default'}
            aria-pressed={each === channel}
            onClick={() => setChannel(each)}
          >
            {dialogs.channels[each]}
          </Button>
        ))}
      </nav>
      {preview?.fault && <p className="warn">{preview.fault}</p>}
      {preview && !preview.fault && said.length === 0 && <p className="quiet">{dialogs.noPreview}</p>}
      {said.map(({ part, texts, taps, broken }) => (
        <div key={part} className={`shown on-${channel}`}>
          <p className="label">{keys[part]?.[0] ?? part}</p>
          {texts.map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bubbles are told apart by their place
            <p key={i} className="bubble">
              {text}
            </p>
          ))}
          {taps.length > 0 && (
            <p className="taps">
              {taps.map((tap) => (
                <span key={tap}>{tap}</span>
              ))}
            </p>
          )}
          {broken.map((fault) => (
            <p key={fault} className="warn">
              {fault}
            </p>
          ))}
        </div>
      ))}
    </section>
  );
}

/** Asked for when one pauses; what was shown last stays until then. */
function usePreview(text: string, step: string): ContentPreview | null {
  const { client } = useAdmin();
  const [preview, setPreview] = useState<ContentPreview | null>(null);
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(async () => {
      const answer = await client.call<ContentPreview>('POST', '/admin/content/preview', { text, step });
      if (!isGone && answer.ok) setPreview(answer.value);
    }, QUIET_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, text, step]);
  return preview;
}
