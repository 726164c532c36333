import { activityOf, type Render, renderings } from '../channels/renderings';
import type { ContentPreview, PreviewChannel } from '../contract/content-preview';
import { readDialog } from '../dialogs/edit/read-dialog';
import { previewStep } from '../dialogs/preview-step';
import { AppError, messageOf } from '../errors';

const CHANNELS: { channel: PreviewChannel; words: string; render: Render }[] = [
  { channel: 'web', words: 'web', render: renderings.web },
  { channel: 'app', words: 'app', render: renderings.app },
  { channel: 'wechat-menu', words: 'wechat', render: renderings['wechat with a menu'] },
  { channel: 'wechat-text', words: 'wechat', render: renderings['wechat without a menu'] },
  { channel: 'wecom', words: 'wecom', render: renderings['wecom with a menu'] },
];

/** A dialog's file, one of its steps, and when and where it is said. */
export interface PreviewTask {
  text: string;
  step: string;
  now: number;
  timeZone: string;
}

/** What customers of each channel would see of a step, by the code that sends it to them. */
export function previewOf({ text, step: id, ...place }: PreviewTask): ContentPreview {
  const { dialog, problems } = readDialog('', text);
  const step = dialog?.steps.find((each) => each.id === id);
  if (!dialog || !step) return { said: [], fault: problems[0]?.message ?? `there is no step "${id}"` };
  try {
    const said = CHANNELS.flatMap(({ channel, words, render }) =>
      previewStep(dialog, step, { channel: words, ...place }).map(({ part, locale, ...reply }) => ({
        part,
        locale,
        channel,
        ...render(activityOf(reply)),
      })),
    );
    return { said, fault: null };
  } catch (error) {
    if (error instanceof AppError) return { said: [], fault: messageOf(error.cause ?? error) };
    throw error;
  }
}
