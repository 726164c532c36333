import { startConversation } from '../../support/conversation';
import { TEN } from '../../support/dialogs';

const HOUR = 3600_000;
const MINUTE = 60_000;
const event = (news: string, changed: Record<string, unknown> = {}) => ({
  incident: {
    id: 'i1',
    text: { zh: '光缆被施工挖断', en: 'Roadworks have cut a cable' },
    expectedAt: TEN + 6 * HOUR,
    revision: 1,
  },
  news,
  symptom: 'no-internet',
  orderNumber: null,
  ...changed,
});

describe('news of a mass outage in a conversation', () => {
  it('is said by day', () => {
    const talk = startConversation();
    talk.say('谢谢');
    talk.now += HOUR;
    expect(talk.event('incident.changed', event('confirmed'))).toEqual(['incident-confirmed']);
    expect(talk.event('incident.changed', event('updated'))).toEqual(['incident-updated']);
    // This content has no dialog that asks.
    expect(talk.event('incident.changed', event('recovered'))).toEqual(['incident-recovered']);
  });

  it('waits for the morning at night, and only the newest of it is said', () => {
    const talk = startConversation();
    talk.say('谢谢');
    talk.now = TEN + 13 * HOUR;
    expect(talk.event('incident.changed', event('confirmed'))).toEqual([]);
    expect(talk.event('incident.changed', event('recovered'))).toEqual([]);
    const timer = talk.timer('incident:i1');
    expect(timer?.dueAt).toBe(TEN + 22 * HOUR);
    expect(talk.fire(timer)).toEqual(['incident-recovered']);
  });

  it('is said at night to who has just written', () => {
    const talk = startConversation();
    talk.now = TEN + 13 * HOUR;
    talk.say('谢谢');
    talk.now += MINUTE;
    expect(talk.event('incident.changed', event('confirmed'))).toEqual(['incident-confirmed']);
  });

  it('does not cut in on a human, and is kept for a day', () => {
    const talk = startConversation();
    talk.say('人工');
    talk.agent('claim');
    expect(talk.event('incident.changed', event('recovered'))).toEqual([]);
    const again = talk.timer('incident:i1');
    expect(again?.dueAt).toBe(talk.now + 10 * MINUTE);
    expect(talk.fire(again)).toEqual([]);
    talk.now = TEN + 25 * HOUR;
    const value = talk.timer('incident:i1')?.value;
    expect(talk.fire({ dueAt: talk.now, value })).toEqual([]);
    expect(talk.records('unshown')).toMatchObject([{ value: { incident: 'i1', news: 'recovered' } }]);
  });
});

describe('news of a mass outage on channels that must be sent it', () => {
  it('is a notice on WeChat, within its window and quota, and not sent twice', () => {
    const talk = startConversation();
    talk.say('谢谢', { channel: 'wechat' });
    talk.now += HOUR;
    talk.event('incident.changed', event('confirmed'));
    expect(talk.commands()).toMatchObject([
      { operation: 'wechat.deliver', args: { isNotice: true, mayRepeat: false } },
    ]);
  });

  it('is owed as a push that nobody asked for to who is not in the app', () => {
    const talk = startConversation({ isAppPushed: true });
    talk.say('谢谢', { channel: 'app' });
    talk.now += HOUR;
    talk.event('incident.changed', event('recovered'));
    expect(talk.commands()).toMatchObject([{ operation: 'app-push.owe', args: { heardAt: null } }]);
  });
});
