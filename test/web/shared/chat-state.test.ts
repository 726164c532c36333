import type { Activity } from '../../../src/contract/activity';
import type { OrderStatus, OrderView } from '../../../src/contract/orders';
import {
  type ChatEvent,
  type ChatState,
  emptyChat,
  isQueued,
  reduceChat,
} from '../../../src/web/shared/chat-state';

const from = { bot: { id: 'bot', role: 'bot' }, own: { id: 'dl_me', role: 'user' } } as const;
const NOW = Date.UTC(2026, 10, 24, 2);

const message = (id: string, by: keyof typeof from, more: Partial<Activity> = {}): Activity => ({
  type: 'message',
  id,
  from: from[by],
  text: `text of ${id}`,
  timestamp: new Date(NOW).toISOString(),
  ...more,
});
const arrived = (activities: Activity[], isSeen = true): ChatEvent => ({
  type: 'activities',
  activities,
  userId: 'dl_me',
  isSeen,
  now: NOW,
});
const chatAfter = (...events: ChatEvent[]): ChatState => events.reduce(reduceChat, emptyChat);
const sent = (id: string): ChatEvent => ({ type: 'sent', message: { id, text: 'hello', at: NOW } });
const echo = (id: string, clientActivityID: string) =>
  message(id, 'own', { channelData: { clientActivityID } });

describe('what a chat shows', () => {
  it('shows an activity once, whether the socket or a read or both brought it', () => {
    const { lines } = chatAfter(
      arrived([message('1', 'bot')]),
      arrived([message('1', 'bot'), message('2', 'bot')]),
    );
    expect(lines.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('shows what is on its way below, until the log shows it', () => {
    const before = chatAfter(sent('a'), sent('b'), arrived([message('1', 'bot')]));
    expect(before.pending.map(({ id }) => id)).toEqual(['a', 'b']);
    const then = reduceChat(before, arrived([echo('2', 'a')]));
    expect(then.pending.map(({ id }) => id)).toEqual(['b']);
    expect(then.lines.map(({ id, by }) => [id, by])).toEqual([
      ['1', 'bot'],
      ['2', 'own'],
    ]);
  });

  it('offers the replies of the last line only, and none once the customer has spoken', () => {
    const suggestedActions = { actions: [{ type: 'imBack' as const, title: '好', value: 'yes' }] };
    const asked = chatAfter(arrived([message('1', 'bot', { suggestedActions })]));
    expect(asked.replies).toEqual([{ title: '好', value: 'yes' }]);
    expect(reduceChat(asked, sent('a')).replies).toEqual([]);
    expect(reduceChat(asked, arrived([message('2', 'own')])).replies).toEqual([]);
    expect(reduceChat(asked, arrived([message('2', 'bot')])).replies).toEqual([]);
  });

  it('shows somebody writing until a line of theirs comes, never the customer', () => {
    const typing = (by: keyof typeof from) => arrived([{ type: 'typing', from: from[by] }]);
    expect(chatAfter(typing('own')).isTyping).toBe(false);
    expect(chatAfter(typing('bot')).isTyping).toBe(true);
    expect(chatAfter(typing('bot'), arrived([message('1', 'own')])).isTyping).toBe(true);
    expect(chatAfter(typing('bot'), arrived([message('1', 'bot')])).isTyping).toBe(false);
  });

  it('counts what came unseen, and forgets the count when somebody looks', () => {
    const away = chatAfter(
      arrived([message('1', 'bot'), message('2', 'own')], false),
      arrived([message('3', 'bot')], false),
    );
    expect(away.unread).toBe(2);
    expect(reduceChat(away, { type: 'seen' }).unread).toBe(0);
  });

  it('keeps the agent apart from the bot, by name', () => {
    const { lines } = chatAfter(
      arrived([{ ...message('1', 'bot'), from: { id: 'agent-1', role: 'agent', name: '小王' } }]),
    );
    expect(lines).toMatchObject([{ by: 'agent', name: '小王' }]);
  });

  it('moves a file from its progress to failed, and takes it back', () => {
    const attachments = [{ contentType: 'image/png', contentUrl: 'blob:x' }];
    const up = chatAfter(
      { type: 'sent', message: { id: 'f', text: '', at: NOW }, attachments },
      { type: 'progress', id: 'f', share: 0.4 },
    );
    expect(up.pending).toMatchObject([{ progress: 0.4, state: 'sending' }]);
    const failed = reduceChat(up, { type: 'send-state', id: 'f', state: 'failed' });
    expect(failed.pending).toMatchObject([{ state: 'failed' }]);
    expect(reduceChat(failed, { type: 'taken-back', id: 'f' }).pending).toEqual([]);
  });

  describe('of work orders', () => {
    const NUMBER = 'F26112405KG2M8QXA';
    const order = (status: OrderStatus, updatedAt = NOW): OrderView => ({
      number: NUMBER,
      kind: 'fault',
      status,
      promiseAt: NOW,
      summary: '断网',
      appointment: null,
      updatedAt,
    });
    const card = (id: string, shown = order('registered')) =>
      message(id, 'bot', {
        channelData: { orders: [shown], timeZone: 'Asia/Shanghai' },
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }],
      });
    const status = (shown: OrderView, by: keyof typeof from = 'bot'): Activity => ({
      type: 'event',
      name: 'order.status',
      value: { order: shown },
      from: from[by],
    });

    it('is the card of our own in the place of that for others', () => {
      const { lines, orders, timeZone } = chatAfter(arrived([card('1')]));
      expect(lines[0]).toMatchObject({ orders: [NUMBER], attachments: [] });
      expect(orders[NUMBER]?.status).toBe('registered');
      expect(timeZone).toBe('Asia/Shanghai');
    });

    it('is the newest word on them, in whatever order it comes', () => {
      const changed = chatAfter(arrived([card('1')]), arrived([status(order('assigned', NOW + 1000))]));
      expect(changed.orders[NUMBER]?.status).toBe('assigned');
      expect(changed.lines).toHaveLength(1);
      const late = reduceChat(changed, arrived([card('2', order('registered', NOW))]));
      expect(late.orders[NUMBER]?.status).toBe('assigned');
    });

    it('takes no word of it from a customer', () => {
      const forged = chatAfter(
        arrived([card('1')]),
        arrived([status(order('closed', NOW + 1000), 'own')]),
        arrived([{ ...card('2', order('closed', NOW + 1000)), from: from.own }]),
      );
      expect(forged.orders[NUMBER]?.status).toBe('registered');
    });
  });

  it('shows of a message that was taken back only that it was there', () => {
    const said = {
      type: 'message' as const,
      id: 'c|4',
      text: '说错了',
      from: { id: 'agent:1', role: 'agent' as const },
    };
    const back = { type: 'event' as const, name: 'message.recalled', value: { id: 'c|4' } };
    const byUs = chatAfter(arrived([said]), arrived([{ ...back, from: from.bot }]));
    expect(byUs.lines).toMatchObject([{ text: '', attachments: [], isRecalled: true }]);
    const forged = chatAfter(arrived([said]), arrived([{ ...back, from: from.own }]));
    expect(forged.lines).toMatchObject([{ text: '说错了' }]);
    const readLater = chatAfter(arrived([{ ...said, text: '', channelData: { recalled: true } }]));
    expect(readLater.lines).toMatchObject([{ text: '', isRecalled: true }]);
  });

  it('knows who has the conversation, and how far the line has moved', () => {
    const handoff = (owner: string, agentName: string | null = null): ChatEvent =>
      arrived([
        {
          type: 'event' as const,
          name: 'handoff.status',
          value: { owner, isBotServing: false, agentName },
          from: from.bot,
        },
      ]);
    const waiting = chatAfter(handoff('queued'), { type: 'queue-place', position: 3, waitMinutes: 5 });
    expect(isQueued(waiting)).toBe(true);
    expect([waiting.position, waiting.waitMinutes]).toEqual([3, 5]);
    const served = reduceChat(waiting, handoff('human', '0251'));
    expect(isQueued(served)).toBe(false);
    expect(served).toMatchObject({ position: null, waitMinutes: null, handoff: { agentName: '0251' } });
  });
});
