import { noticeEvents, orderCardsSchema } from '../../../src/contract/cards';
import { ADAPTIVE_CARD } from '../../../src/turns/conversation/order-cards';
import { startConversation } from '../../support/conversation';
import { openWithOrderDialog } from '../../support/order-dialog';

const NUMBER = 'F26112405KG2M8QXA';
const order = (status: string, more: Record<string, unknown> = {}) => ({
  number: NUMBER,
  kind: 'fault',
  status,
  promiseAt: Date.UTC(2026, 10, 24, 10, 40),
  summary: '断网',
  appointment: null,
  updatedAt: Date.UTC(2026, 10, 24, 2),
  ...more,
});

type Talk = ReturnType<typeof startConversation>;
const cardsOf = (talk: Talk) =>
  (talk.last?.replies ?? []).flatMap(({ channelData }) => orderCardsSchema.safeParse(channelData).data ?? []);
const notesOf = (talk: Talk, name: string) =>
  (talk.last?.replies ?? []).filter((reply) => reply.type === 'event' && reply.name === name);

describe('a card of an order', () => {
  it('goes with the reply that names the order, for our clients and for those of others', () => {
    const talk = openWithOrderDialog();
    talk.answer({ type: 'ok', value: { order: order('registered') } });
    expect(cardsOf(talk)).toEqual([{ orders: [order('registered')], timeZone: 'Asia/Shanghai' }]);
    const [card] = talk.last?.replies.flatMap(({ attachments = [] }) => attachments) ?? [];
    expect(card).toMatchObject({ contentType: ADAPTIVE_CARD, name: `报修 ${NUMBER}` });
    expect(JSON.stringify(card?.content)).toContain('今天 18:40');
  });

  it('says who comes, by name and staff number, until the order is over', () => {
    const technician = { id: 'A-0317', name: '王志强' };
    const cardOf = (status: string) => {
      const talk = openWithOrderDialog();
      talk.answer({ type: 'ok', value: { order: order(status, { technician }) } });
      return JSON.stringify(talk.last?.replies.flatMap(({ attachments = [] }) => attachments));
    };
    expect(cardOf('assigned')).toContain('王志强（工号 A-0317）');
    expect(cardOf('closed')).not.toContain('王志强');
  });

  it('goes with no reply that does not name it', () => {
    const talk = openWithOrderDialog('登记好了');
    talk.answer({ type: 'ok', value: { order: order('registered') } });
    expect(cardsOf(talk)).toEqual([]);
  });

  it.each([
    ['a call that failed', { type: 'error', code: 'away' }],
    ['a value that is no order', { type: 'ok', value: { order: null } }],
  ])('is not made of %s', (_what, outcome) => {
    const talk = openWithOrderDialog();
    talk.answer(outcome);
    expect(cardsOf(talk)).toEqual([]);
  });

  it('is left out where only words are shown', () => {
    const talk = openWithOrderDialog('{{ slots.order.order.number }}', 'wechat');
    talk.answer({ type: 'ok', value: { order: order('registered') } });
    expect(talk.last?.replies.some(({ attachments }) => attachments)).toBe(false);
  });
});

describe('what the log tells without words', () => {
  it('is how an order stands, at each change of it', () => {
    const talk = startConversation();
    talk.event('order.registered', { order: order('registered'), version: 1 });
    expect(notesOf(talk, 'order.status')).toHaveLength(1);
    talk.event('order.changed', { order: order('in-progress'), version: 2 });
    const [told] = notesOf(talk, 'order.status');
    expect(noticeEvents['order.status'].parse(told?.value).order.status).toBe('in-progress');
  });

  it('is who has the conversation, after what was said, at each change of hands', () => {
    const talk = startConversation();
    talk.say('人工');
    expect(talk.last?.replies.at(-1)).toMatchObject({
      name: 'handoff.status',
      value: { owner: 'queued', isBotServing: false, agentName: null },
    });
    talk.say('在吗');
    expect(notesOf(talk, 'handoff.status')).toEqual([]);
    talk.agent('claim');
    expect(talk.last?.replies.map(({ type }) => type)).toEqual(['message', 'event']);
    expect(talk.last?.replies.at(-1)?.value).toEqual({
      owner: 'human',
      isBotServing: false,
      agentName: '0251 号客服',
    });
    talk.agent('message', { text: '您好' });
    expect(notesOf(talk, 'handoff.status')).toEqual([]);
    talk.agent('release', { resumeAt: null });
    expect(notesOf(talk, 'handoff.status')).toMatchObject([{ value: { owner: 'bot', agentName: null } }]);
  });

  it('says that the bot goes on when nobody is on duty', () => {
    const talk = startConversation();
    talk.isStaffed = false;
    talk.say('人工');
    expect(notesOf(talk, 'handoff.status')).toMatchObject([
      { value: { owner: 'queued', isBotServing: true } },
    ]);
  });

  it('is not told where every reply is sent as a message', () => {
    const talk = startConversation();
    talk.say('你好', { channel: 'wechat' });
    talk.event('order.registered', { order: order('registered'), version: 1 });
    expect(talk.last?.replies).toEqual([]);
  });
});
