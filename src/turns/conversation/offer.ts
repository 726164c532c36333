import type { ChannelId, Locale } from '../../contract/activity';
import type { Unfinished } from '../../contract/customers';
import type { Understanding } from '../../contract/understanding';
import { readOption } from '../../dialogs/read-option';
import { chooseStepSchema } from '../../dialogs/schema';
import { SILENCE_TIMER } from '../../dialogs/turn';
import { converse } from './converse';
import { elsewhereOf, nameOf, noteElsewhere } from './customer';
import { addCommand, cancelTimer, isBotAnswering, localeOf, speakPattern, type Work } from './work';

/** The question whether to go on here with what the customer left open on another channel. */
const OFFER = chooseStepSchema.parse({
  id: 'elsewhere',
  type: 'choose',
  slot: 'elsewhere',
  // The words of the question are a pattern.
  prompt: { zh: '-', en: '-' },
  next: 'over',
  options: [
    {
      value: 'go-on',
      label: { zh: '接着办', en: 'Go on' },
      words: ['接着', '继续', '接着来', 'continue', 'carry on'],
      intents: ['affirm'],
    },
    {
      value: 'leave',
      label: { zh: '先不办', en: 'Not now' },
      words: ['不用', '不要', '不办', '先放着', '算了', 'leave it'],
      intents: ['deny', 'cancel'],
    },
    {
      value: 'new',
      label: { zh: '另办一件', en: 'Something else' },
      words: ['另开', '另外', '别的', '其他', '重新', '新的', 'new one', 'another'],
      intents: ['restart'],
    },
  ],
});

const CHANNELS: Record<ChannelId, Record<Locale, string>> = {
  web: { zh: '网页', en: 'the web chat' },
  app: { zh: 'APP', en: 'the app' },
  wechat: { zh: '微信', en: 'WeChat' },
  wecom: { zh: '企业微信', en: 'WeCom' },
  'bot-framework': { zh: '另一个渠道', en: 'another channel' },
};

/** The name of a channel in the language of the conversation. */
export const channelName = (work: Work, channel: ChannelId): string => CHANNELS[channel][localeOf(work)];

/** The name of a dialog in the language of the conversation; its id for one that this content does not have. */
export const dialogName = (work: Work, dialog: string): string =>
  work.content.dialogs.dialogs.get(dialog)?.name[localeOf(work)] ?? dialog;

/** Offers what was found, once nothing else is going on here: at most one question at a time. */
export function offerUnfinished(work: Work): void {
  const { unfinished, past, takes, parked } = elsewhereOf(work.state);
  if (unfinished === null || takes !== null || parked !== null || !isBotAnswering(work.state)) return;
  if (!isFree(work, unfinished)) return;
  noteElsewhere(work, {
    unfinished: null,
    offered: unfinished,
    past: [...past, nameOf(unfinished)].slice(-20),
  });
  const names = {
    dialog: dialogName(work, unfinished.dialog),
    channel: channelName(work, unfinished.channel),
  };
  const labels = OFFER.options.map(({ label }) => label[localeOf(work)]);
  speakPattern(work, 'unfinished-elsewhere', names, labels);
}

/** Nothing is open, or the very same concern was begun here again. */
function isFree({ state }: Work, { dialog }: Unfinished): boolean {
  const frames = state.dialog?.frames ?? [];
  const [only] = frames;
  return !only || (frames.length === 1 && only.dialog === dialog && only.waiting === null);
}

/** The next message after the offer. False when it is about something else, which goes its usual way. */
export function answerOffer(work: Work, understanding: Understanding): boolean {
  const { offered } = elsewhereOf(work.state);
  if (offered === null) return false;
  noteElsewhere(work, { offered: null });
  const choice = choiceOf(work, understanding);
  if (choice === null) return false;
  if (choice === 'go-on') take(work, offered);
  else speakPattern(work, choice === 'new' ? 'what-i-can-do' : 'left-elsewhere');
  const isOpen = (work.state.dialog?.frames.length ?? 0) > 0;
  if (choice !== 'go-on' && isOpen) converse(work, { type: 'resume', dialog: null, step: null });
  return true;
}

/** Danger, the wish for a human and every concern of its own go first. */
function choiceOf({ content, state }: Work, understanding: Understanding): string | null {
  const isOther = understanding.intents.some(
    ({ intent }) => intent === 'talk-to-human' || content.dialogs.byIntent.has(intent),
  );
  if (understanding.danger !== null || isOther) return null;
  return readOption(
    OFFER,
    understanding,
    OFFER.options.map(({ label }) => label[state.dialog?.locale ?? 'zh']),
  );
}

/** Asks the other conversation for it; what was begun here on the same matter gives way. */
function take(work: Work, { conversationId }: Unfinished): void {
  const { turnId } = work.entry;
  noteElsewhere(work, { takes: turnId });
  const { dialog } = work.state;
  if (dialog) work.state.dialog = { ...dialog, frames: [], clarifying: null };
  cancelTimer(work, SILENCE_TIMER);
  const replyTo = { frameId: 'customer', callId: turnId };
  addCommand(work, { operation: 'dialog.take', args: { moveId: turnId, from: conversationId }, replyTo });
}
