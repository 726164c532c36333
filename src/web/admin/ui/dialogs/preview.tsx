import { useEffect, useState } from 'react';
import type { ContentPreview, PreviewChannel, PreviewRequest } from '../../../../contract/content-preview';
import { previewChannelSchema } from '../../../../contract/content-preview';
import type { Step } from '../../../../dialogs/schema';
import { useAdmin } from '../context';
import { Tabs } from '../frame/tabs';
import { useShownFacts } from '../tables/use-shown-facts';
import type { DialogFile } from './use-file';

const CHANNELS = previewChannelSchema.options;
const QUIET_MS = 400;

/** The step as customers of a channel see it, by the code that sends it to them. */
export function Preview({ file, step }: { file: DialogFile; step: Step }) {
  const { facts, choice } = useShownFacts('text' in step ? JSON.stringify(step.text ?? '') : '');
  return (
    <>
      {choice}
      <ShownOnChannels asked={{ text: file.text, step: step.id, ...(facts ? { facts } : {}) }} />
    </>
  );
}

/** What is asked for as each channel shows it. */
export function ShownOnChannels({ asked }: { asked: PreviewRequest }) {
  const { words } = useAdmin();
  const { dialogs, keys } = words;
  const [channel, setChannel] = useState<PreviewChannel>('web');
  const preview = usePreview(asked);
  const { locale } = useAdmin().settings;
  const said = preview?.said.filter((each) => each.channel === channel && each.locale === locale) ?? [];
  return (
    <section className="preview" aria-label={dialogs.preview}>
      {'step' in asked ? (
        <h4>
          {dialogs.preview} <span className="quiet">{dialogs.previewHint}</span>
        </h4>
      ) : (
        <h3>{dialogs.preview}</h3>
      )}
      <Tabs
        label={dialogs.channel}
        all={CHANNELS}
        names={dialogs.channels}
        shown={channel}
        onShow={setChannel}
      />
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
function usePreview(asked: PreviewRequest): ContentPreview | null {
  const { client } = useAdmin();
  const [preview, setPreview] = useState<ContentPreview | null>(null);
  const body = JSON.stringify(asked);
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(async () => {
      const answer = await client.call<ContentPreview>('POST', '/admin/content/preview', JSON.parse(body));
      if (!isGone && answer.ok) setPreview(answer.value);
    }, QUIET_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, body]);
  return preview;
}
