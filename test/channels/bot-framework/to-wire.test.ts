import type { Reference } from '../../../src/channels/bot-framework/references';
import { toWire } from '../../../src/channels/bot-framework/to-wire';
import type { Activity } from '../../../src/contract/activity';

const reference = (channelId: string): Reference => ({
  channelId,
  serviceUrl: 'https://webchat.botframework.com/',
  conversation: { id: 'c1' },
  bot: { id: 'bot-1', name: 'bot' },
  user: { id: 'u1', name: '王芳' },
});

const show = (channelId: string, changed: Partial<Activity>, replyTo: string | null = null) =>
  toWire(
    {
      activity: { type: 'message', text: '哪一个？', from: { id: 'bot', role: 'bot' }, ...changed },
      replyTo,
    },
    reference(channelId),
    (id) => `https://bot.example/files/${id}`,
  );

const choices = (...titles: string[]): Partial<Activity> => ({
  suggestedActions: { actions: titles.map((title) => ({ type: 'imBack', title, value: title })) },
});
const hero = {
  contentType: 'application/vnd.microsoft.card.hero',
  content: {
    title: '套餐',
    text: '300M',
    buttons: [
      { type: 'imBack', title: '办理', value: '办理' },
      { type: 'openUrl', title: '详情', value: 'https://operator.example/300' },
    ],
  },
};
const adaptive = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', body: [], fallbackText: '套餐 300M' },
};

describe('choices', () => {
  it('are buttons where the channel has them, for this customer', () => {
    expect(show('webchat', choices('今天', '明天'))).toMatchObject({
      text: '哪一个？',
      suggestedActions: {
        to: ['u1'],
        actions: [
          { type: 'imBack', title: '今天', value: '今天' },
          { type: 'imBack', title: '明天', value: '明天' },
        ],
      },
    });
  });

  it('are a card with buttons where it has cards only', () => {
    const wire = show('msteams', choices('今天', '明天'));
    expect(wire).toMatchObject({
      attachments: [{ content: { text: '哪一个？', buttons: [{ title: '今天' }, { title: '明天' }] } }],
    });
    expect(wire).not.toHaveProperty('suggestedActions');
  });

  it.each(['sms', 'email', 'of-tomorrow'])('are numbered lines on %s', (channelId) => {
    expect(show(channelId, choices('今天', '明天'))).toMatchObject({ text: '哪一个？\n1. 今天\n2. 明天' });
  });

  it('are numbered lines when there are more than the channel shows', () => {
    const many = Array.from({ length: 12 }, (_, n) => `选项${n}`);
    expect(show('facebook', choices(...many))?.text).toContain('12. 选项11');
    expect(show('msteams', choices(...many))?.text).toContain('12. 选项11');
  });

  it('that there are none of are left out', () => {
    for (const channelId of ['webchat', 'msteams', 'sms']) {
      const wire = show(channelId, { suggestedActions: { actions: [] } });
      expect(wire).not.toHaveProperty('suggestedActions');
      expect(wire).not.toHaveProperty('attachments');
      expect(wire?.text).toBe('哪一个？');
    }
  });
});

describe('cards', () => {
  it('stay cards where the channel shows them', () => {
    expect(show('msteams', { attachments: [hero, adaptive] })?.attachments).toEqual([hero, adaptive]);
  });

  it('are words elsewhere, with their links written out and their buttons numbered', () => {
    expect(show('sms', { text: '', attachments: [hero] })?.text).toBe(
      '套餐\n300M\n详情: https://operator.example/300\n1. 办理',
    );
    expect(show('telegram', { text: '', attachments: [adaptive] })?.text).toBe('套餐 300M');
  });
});

describe('a reply', () => {
  it('is plain text, so that nothing that customers write is markup', () => {
    expect(show('webchat', { text: '*x*' })).toMatchObject({ text: '*x*', textFormat: 'plain' });
  });

  it('names what it answers, and nothing when it answers nothing', () => {
    expect(show('slack', {}, 'm-1')).toMatchObject({ replyToId: 'm-1' });
    expect(show('slack', {})).not.toHaveProperty('replyToId');
  });

  it('of an agent carries the name of the agent', () => {
    expect(show('webchat', { from: { id: 'agent:7', name: '李雷', role: 'agent' } })?.from).toEqual({
      id: 'bot-1',
      name: '李雷',
      role: 'bot',
    });
  });

  it('has addresses of files that can be opened', () => {
    const attachments = [{ contentType: 'image/png', contentUrl: 'file:abc.png' }];
    expect(show('sms', { attachments })?.attachments).toEqual([
      { contentType: 'image/png', contentUrl: 'https://bot.example/files/abc.png' },
    ]);
  });

  it('never carries what is kept for us only', () => {
    expect(show('webchat', { channelData: { deliveryId: 'd' } })).not.toHaveProperty('channelData');
  });
});

describe('an end', () => {
  it('is told with its code where the channel knows one, and is nothing elsewhere', () => {
    const end: Partial<Activity> = {
      type: 'endOfConversation',
      text: undefined,
      code: 'completedSuccessfully',
    };
    expect(show('directline', end)).toMatchObject({
      type: 'endOfConversation',
      code: 'completedSuccessfully',
    });
    expect(show('msteams', end)).toBeNull();
  });
});
