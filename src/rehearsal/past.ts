import type { ChannelId, Locale } from '../contract/activity';
import type { SaidSession } from '../records/content/past-sessions';
import type { Understand } from '../understanding/understand';
import { createWordMask } from './mask-words';

/** What a customer wrote in one session, masked. */
export interface PastConversation {
  id: string;
  channel: ChannelId;
  locale: Locale;
  /** Milliseconds since 1970 UTC. */
  startedAt: number;
  /** With the time since the message before, in milliseconds. */
  messages: { text: string; hasAttachment: boolean; afterMs: number }[];
}

/** A session as it is played again: masked, with the pauses between its messages. */
export function maskSession(understand: Understand, session: SaidSession): PastConversation {
  const { id, channel, locale, startedAt, messages } = session;
  const mask = createWordMask(understand, startedAt);
  return {
    id,
    channel,
    locale,
    startedAt,
    messages: messages.map(({ text, hasAttachment, at }, i) => ({
      text: mask(text),
      hasAttachment,
      afterMs: at - (messages[i - 1]?.at ?? at),
    })),
  };
}
