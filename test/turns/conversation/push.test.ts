import type { Entry } from '../../../src/contract/conversation';
import { startConversation } from '../../support/conversation';

const onWechat: Partial<Entry> = { channel: 'wechat' };
const DAY_MS = 24 * 3600_000;
const deliveries = (talk: ReturnType<typeof startConversation>) =>
  talk.commands().filter(({ operation }) => operation === 'wechat.deliver');

describe('a channel that must be sent its replies', () => {
  it('gets each as a command of the same commit, by the id that stands in the reply', () => {
    const talk = startConversation();
    expect(talk.say('坏了', onWechat)).toHaveLength(1);
    const [command] = talk.last?.commands ?? [];
    const [reply] = talk.last?.replies ?? [];
    expect(reply?.channelData).toEqual({ deliveryId: command?.id });
    expect(command).toMatchObject({
      operation: 'wechat.deliver',
      asker: { userId: 'dl_customer' },
      args: { mayRepeat: true, isNotice: false, activity: { text: reply?.text } },
    });
    expect(talk.last?.result).toEqual({ isSilent: false });
  });

  it('is told when a turn says nothing', () => {
    const talk = startConversation();
    talk.say('人工', onWechat);
    talk.agent('claim');
    talk.say('在吗', onWechat);
    expect(talk.last?.result).toEqual({ isSilent: true });
  });

  it('may not send news of an order twice, and tells them without being asked', () => {
    const talk = startConversation();
    talk.say('坏了', onWechat);
    const order = {
      number: 'F1',
      kind: 'fault',
      promiseAt: null,
      summary: '',
      appointment: null,
      updatedAt: 1,
    };
    talk.event('order.changed', { order: { ...order, status: 'resolved' }, version: 2 });
    expect(deliveries(talk)).toMatchObject([{ args: { mayRepeat: false, isNotice: true } }]);
  });

  it('is none on the web, whose clients read the log', () => {
    const talk = startConversation();
    talk.say('坏了');
    expect(deliveries(talk)).toEqual([]);
    expect(talk.last?.result).toEqual({});
  });
});

describe('a voice message', () => {
  const voice = (heard: 'heard' | 'unheard', text: string) =>
    ({ type: 'message', text, from: { id: 'o1' }, channelData: { voice: heard } }) as const;

  it('is read back before it is taken up', () => {
    const talk = startConversation();
    expect(talk.run(voice('heard', '坏了'), onWechat)).toEqual(['voice-heard', expect.any(String)]);
    expect(talk.state.dialog?.frames).toHaveLength(1);
  });

  it('that nobody could make out goes to a human, and nobody is made to type', () => {
    const talk = startConversation();
    expect(talk.run(voice('unheard', ''), onWechat)).toEqual(['voice-unheard']);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', reason: 'voice' });
  });
});

describe('a customer who left', () => {
  const leave = (talk: ReturnType<typeof startConversation>) => talk.event('customer.left', null);
  const forget = (talk: ReturnType<typeof startConversation>, outcome: unknown) => {
    const { replyTo, operation } = talk.last?.commands[0] ?? {};
    return talk.event('call.result', { ...replyTo, operation, outcome });
  };

  it('is forgotten after the days of the setting, when the stores have forgotten', () => {
    const talk = startConversation({ forgetAfterMs: 3 * DAY_MS });
    talk.say('坏了', onWechat);
    const left = talk.now;
    leave(talk);
    expect(talk.timer('forget')?.dueAt).toBe(left + 3 * DAY_MS);
    talk.fire(talk.timer('forget'));
    expect(talk.commands()).toEqual([{ operation: 'customer.forget', args: {} }]);
    expect(talk.state.lastText).toBe('坏了');
    forget(talk, { type: 'ok', value: null });
    expect(talk.state).toMatchObject({ customer: null, dialog: null, orders: [], lastText: '' });
  });

  it('is asked about again a day later while an order is open', () => {
    const talk = startConversation();
    talk.say('坏了', onWechat);
    leave(talk);
    talk.fire(talk.timer('forget'));
    forget(talk, { type: 'error', code: 'open-order' });
    expect(talk.state.lastText).toBe('坏了');
    expect(talk.timer('forget')?.dueAt).toBe(talk.now + DAY_MS);
  });

  it('is remembered who writes again', () => {
    const talk = startConversation();
    talk.say('坏了', onWechat);
    leave(talk);
    talk.say('家里', onWechat);
    expect(talk.last?.cancelTimers).toContain('forget');
  });
});
