import { z } from 'zod';
import type { Activity } from '../../../src/contract/activity';
import { type Command, type Entry, STATE_SCHEMA, type TurnResult } from '../../../src/contract/conversation';
import { deliveryOf } from '../../../src/turns/conversation/push';
import type { TurnFunction, TurnInput } from '../../../src/turns/engine';

/**
 * A turn that says what it is told: `say a|b` two replies, `ask x|1|2` one with choices, `order x` a confirmation,
 * `silent` nothing. It keeps the keys that it has seen.
 */
const stateSchema = z.object({ schema: z.number(), seen: z.array(z.string()), texts: z.array(z.string()) });
export const readSeen = (json: string): z.infer<typeof stateSchema> =>
  json === '' ? { schema: STATE_SCHEMA, seen: [], texts: [] } : stateSchema.parse(JSON.parse(json));

function repliesTo({ type, text = '' }: Activity): Pick<Activity, 'text' | 'suggestedActions'>[] {
  if (type !== 'message') return [];
  const [, verb = '', rest = ''] = /^(\w+) ?([\s\S]*)$/.exec(text) ?? [];
  const words = rest.split('|');
  if (verb === 'silent') return [];
  if (verb === 'say') return words.map((each) => ({ text: each }));
  if (verb !== 'ask') return [{ text: `re: ${text}` }];
  const actions = words.slice(1).map((title) => ({ type: 'imBack' as const, title, value: title }));
  return [{ text: words[0], suggestedActions: { actions } }];
}

/** As the entry of the outcome of a work order would make it. */
const asConfirmation = (entry: Entry): Entry =>
  entry.activity.text?.startsWith('order')
    ? { ...entry, activity: { ...entry.activity, name: 'order.registered' } }
    : entry;
const asNotice = (entry: Entry): Entry =>
  entry.activity.text?.startsWith('notice')
    ? { ...entry, activity: { ...entry.activity, name: 'order.changed' } }
    : entry;

type Pushed = 'wechat' | 'wecom' | 'bot-framework';

function speak(
  { conversationId, state, entry }: TurnInput,
  phone: string | null,
  channel: Pushed,
): TurnResult<unknown> {
  const { seen, texts } = readSeen(state);
  const replies: Activity[] = [];
  const commands: Command[] = [];
  for (const reply of repliesTo(entry.activity)) {
    const activity: Activity = { type: 'message', from: { id: 'bot' }, ...reply };
    const delivery = deliveryOf(channel, asNotice(asConfirmation(entry)), activity);
    if (!delivery) throw new Error('the channel must be pushed to');
    const id = `${entry.turnId}:deliver:${commands.length + 1}`;
    const asker = { userId: entry.activity.from.id, phone, accounts: [] };
    const { at } = entry;
    commands.push({
      schema: STATE_SCHEMA,
      id,
      conversationId,
      channel,
      at,
      asker,
      timeoutMs: null,
      replyTo: null,
      ...delivery,
    });
    replies.push({ ...activity, channelData: { deliveryId: id } });
  }
  return {
    state: {
      schema: STATE_SCHEMA,
      seen: [...seen, entry.key],
      texts: [...texts, entry.activity.text ?? entry.activity.type],
    },
    epoch: 0,
    replies,
    commands,
    timers: [],
    cancelTimers: [],
    records: [],
    result: { isSilent: commands.length === 0 },
  };
}

export const scriptedTurn = (phone: string | null = null, channel: Pushed = 'wechat'): TurnFunction => ({
  run: (input) => speak(input, phone, channel),
  fail: (input, reason) => ({ ...speak(input, phone, channel), result: { failed: reason } }),
});
