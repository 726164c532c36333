import { z } from 'zod';
import { type Activity, type Attachment, activitySchema, cardActionSchema } from '../../contract/activity';
import { FILE_SCHEME } from '../direct-line/uploads';
import type { Reference } from './references';

/** What one send carries: an activity of ours, and the customer's activity that it answers (null: none). */
export const partSchema = z.object({ activity: activitySchema, replyTo: z.string().nullable() });
export type Part = z.infer<typeof partSchema>;

/** What a channel can show; what is not in the list gets words, which every channel shows. */
interface Abilities {
  /** Most choices that are shown as buttons below the message; 0: none are. */
  suggestedActions: number;
  hero: boolean;
  adaptive: boolean;
  /** Whether it knows the end of a conversation; others refuse what they do not know. */
  end: boolean;
  typing: boolean;
  /** Whether a picture reaches the customer. */
  pictures: boolean;
}

const words: Abilities = {
  suggestedActions: 0,
  hero: false,
  adaptive: false,
  end: false,
  typing: false,
  pictures: false,
};
const whole: Abilities = {
  suggestedActions: 100,
  hero: true,
  adaptive: true,
  end: true,
  typing: true,
  pictures: true,
};
const messenger: Abilities = { ...words, hero: true, typing: true, pictures: true };
const ABILITIES: Partial<Record<string, Abilities>> = {
  directline: whole,
  webchat: whole,
  emulator: whole,
  test: whole,
  msteams: { ...messenger, adaptive: true },
  slack: messenger,
  telegram: { ...messenger, suggestedActions: 100 },
  facebook: { ...messenger, suggestedActions: 10 },
  line: { ...messenger, suggestedActions: 13, typing: false },
  email: { ...words, pictures: true },
  omnichannel: whole,
};
/** Buttons of a hero card that channels show. */
const HERO_BUTTONS = 6;

export const abilitiesOf = (channelId: string): Abilities => ABILITIES[channelId.toLowerCase()] ?? words;

const HERO = 'application/vnd.microsoft.card.hero';
const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

const heroSchema = z.object({
  title: z.string().default(''),
  subtitle: z.string().default(''),
  text: z.string().default(''),
  buttons: z.array(cardActionSchema).default([]),
});
const adaptiveSchema = z.object({ fallbackText: z.string().default(''), speak: z.string().default('') });

const joined = (parts: string[]): string => parts.filter(Boolean).join('\n');
/** The choices as lines with numbers, which the next turn understands as well as the words. */
const numbered = (options: string[]): string => joined(options.map((option, i) => `${i + 1}. ${option}`));

/** The words of a card, its links written out; its other buttons are choices. */
function cardWords({ contentType, content }: Attachment): { text: string; options: string[] } {
  if (contentType === ADAPTIVE) {
    const { fallbackText, speak } = adaptiveSchema.catch({ fallbackText: '', speak: '' }).parse(content);
    return { text: fallbackText || speak, options: [] };
  }
  const card = heroSchema.catch({ title: '', subtitle: '', text: '', buttons: [] }).parse(content);
  const links = card.buttons
    .filter(({ type }) => type === 'openUrl')
    .map(({ title, value }) => `${title}: ${value}`);
  const options = card.buttons.filter(({ type }) => type !== 'openUrl').map(({ title }) => title);
  return { text: joined([card.title, card.subtitle, card.text, ...links]), options };
}

interface Shown {
  text: string;
  options: string[];
  attachments: Attachment[];
}

/** Cards that the channel cannot show become words; files get addresses that work for a while. */
function shownOf(activity: Activity, { hero, adaptive }: Abilities, signFile: (id: string) => string): Shown {
  const { text = '', suggestedActions, attachments = [] } = activity;
  const shown: Shown = {
    text,
    options: (suggestedActions?.actions ?? []).map(({ title }) => title),
    attachments: [],
  };
  for (const each of attachments) {
    const { contentUrl, contentType } = each;
    const isShown = contentType === HERO ? hero : contentType === ADAPTIVE ? adaptive : true;
    if (!isShown) {
      const card = cardWords(each);
      shown.text = joined([shown.text, card.text]);
      shown.options.push(...card.options);
    } else if (contentUrl?.startsWith(FILE_SCHEME)) {
      shown.attachments.push({ ...each, contentUrl: signFile(contentUrl.slice(FILE_SCHEME.length)) });
    } else shown.attachments.push(each);
  }
  return shown;
}

const imBack = (title: string) => ({ type: 'imBack', title, value: title });

/** Choices as the channel shows them best: buttons, a card with buttons, or numbered lines. */
function withOptions(
  { text, options, attachments }: Shown,
  { suggestedActions, hero }: Abilities,
  userId: string,
) {
  if (options.length === 0) return { text, attachments };
  if (options.length <= suggestedActions) {
    return { text, attachments, suggestedActions: { to: [userId], actions: options.map(imBack) } };
  }
  if (hero && options.length <= HERO_BUTTONS) {
    const card = { contentType: HERO, content: { text, buttons: options.map(imBack) } };
    return { text: '', attachments: [...attachments, card] };
  }
  return { text: joined([text, numbered(options)]), attachments };
}

/** Who a reply goes between, as the channel knows them. */
function addressed({ channelId, serviceUrl, conversation, bot, user }: Reference) {
  return {
    channelId,
    serviceUrl,
    conversation,
    from: { ...bot, role: 'bot' },
    recipient: { ...user, role: 'user' },
  };
}

export const typingFor = (reference: Reference): Record<string, unknown> => ({
  ...addressed(reference),
  type: 'typing',
});

/** Events that we send; whatever else turns log is not for the channel. */
const EVENTS: readonly unknown[] = ['handoff.initiate'];

/** The activity as it goes to the channel; null for one that shows nothing there. */
export function toWire(
  { activity, replyTo }: Part,
  reference: Reference,
  signFile: (id: string) => string,
): Record<string, unknown> | null {
  const abilities = abilitiesOf(reference.channelId);
  const to = { ...addressed(reference), ...(replyTo === null ? {} : { replyToId: replyTo }) };
  const { type, name, value, code, locale, inputHint, from, attachments = [] } = activity;
  if (type === 'endOfConversation') return abilities.end ? { ...to, type, code } : null;
  if (type === 'event')
    return EVENTS.includes(name) ? { ...to, type, name, value, attachments, locale } : null;
  if (type !== 'message') return null;
  const shown = withOptions(shownOf(activity, abilities, signFile), abilities, reference.user.id);
  if (shown.text === '' && shown.attachments.length === 0) return null;
  const { attachments: files, ...content } = shown;
  return {
    ...to,
    ...(from.role === 'agent' && from.name ? { from: { ...to.from, name: from.name } } : {}),
    type,
    // Customers' own words may stand in it: nothing of them is markup.
    textFormat: 'plain',
    locale,
    inputHint,
    ...content,
    ...(files.length > 0 ? { attachments: files } : {}),
  };
}
