import { smallContent, startConversation } from '../../support/conversation';
import { dialogSet } from '../../support/dialogs';
import { shippedPolicies } from '../../support/policies';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const NUMBER = 'F26112405KG2M8QXA';

const CONFIRM = `
id: verify-repair
name: { zh: 确认, en: confirmation }
intents: [fault]
slots: { outcome: { name: { zh: 结果, en: outcome } } }
steps:
  - id: close
    type: call
    operation: work-order.confirm
    args: { number: "'${NUMBER}'", isSolved: "true" }
    timeoutMs: 5000
    saveAs: outcome
    next: over
    onTimeout: over
    onError: over
  - { id: over, type: end, text: { zh: 结了, en: Closed } }
`;
const SURVEY = `
id: survey
name: { zh: 评价, en: rating }
slots: { score: { name: { zh: 评分, en: score } } }
steps:
  - id: ask
    type: survey
    slot: score
    prompt: { zh: 几分？, en: How? }
    labels: [{ zh: "1", en: "1" }, { zh: "2", en: "2" }, { zh: "3", en: "3" }, { zh: "4", en: "4" }, { zh: "5", en: "5" }]
    next: thanks
  - { id: thanks, type: end, text: { zh: 谢谢, en: Thanks } }
`;
const ASK = `
id: prices
name: { zh: 资费, en: prices }
intents: [prices]
slots: { plan: { name: { zh: 套餐, en: plan }, entity: text } }
steps:
  - { id: which, type: ask, slot: plan, prompt: { zh: 哪个, en: Which }, next: over }
  - { id: over, type: end }
`;

const SCAM = `
id: scam
name: { zh: 防诈骗, en: fraud }
intents: [scam]
slots: { lost: { name: { zh: 损失, en: loss }, entity: text } }
steps:
  - { id: which, type: ask, slot: lost, prompt: { zh: 转钱了吗, en: Paid }, next: over }
  - { id: over, type: end }
`;

const order = (status: string) => ({
  number: NUMBER,
  kind: 'fault',
  status,
  promiseAt: null,
  summary: '断网',
  appointment: null,
  updatedAt: 0,
});
const event = (status: string, version = 1) => ({ order: order(status), version });

/** A customer who has just said that an order is done; it is ten in the morning by UTC. */
function confirmed(status = 'closed') {
  const dialogs = dialogSet(
    { 'verify-repair.yaml': CONFIRM, 'survey.yaml': SURVEY, 'prices.yaml': ASK, 'scam.yaml': SCAM },
    ['fault', 'prices', 'scam'],
  );
  const small = smallContent();
  const intents: Record<string, string> = { 多少钱: 'prices', 有人冒充客服: 'scam' };
  const talk = startConversation({
    policies: { ...shippedPolicies, timeZone: 'UTC', quietHours: { from: 22 * 60, to: 6 * 60 } },
    pickContent: () => ({
      ...small,
      dialogs,
      understand: (text, facts) => {
        const understood = small.understand(text, facts);
        const intent = intents[text];
        const found = intent ? [{ intent, probability: 0.9 }] : understood.intents;
        return { ...understood, intents: found, candidates: found };
      },
    }),
  });
  talk.now = Date.UTC(2026, 10, 24, 10);
  talk.event('order.registered', event('resolved'));
  talk.say('坏了');
  talk.event('order.changed', event(status === 'closed' ? 'closed' : 'in-progress', 2));
  talk.answer({
    type: 'ok',
    value: { status, order: order(status === 'closed' ? 'closed' : 'in-progress') },
  });
  return talk;
}
/** Who is about to confirm an order, and waits for a human for some reason. */
function waiting(reason: string) {
  const talk = confirmed('reopened');
  talk.say('坏了');
  const state = JSON.parse(talk.json);
  talk.json = JSON.stringify({
    ...state,
    ownership: { ...state.ownership, owner: 'queued', epoch: 5, reason, isBotServing: true },
  });
  return talk;
}
const timerOf = (talk: ReturnType<typeof confirmed>) => talk.timer('survey:');

describe('a rating', () => {
  it('is asked half an hour after the customer has said that it is solved, and kept with order and session', () => {
    const talk = confirmed();
    const timer = timerOf(talk);
    expect(timer?.dueAt).toBe(talk.now + 30 * 60_000);
    expect(talk.fire(timer)).toEqual(['几分？']);
    expect(talk.last?.replies[0]?.channelData).toMatchObject({ rating: true });
    expect(talk.say('4 分')).toEqual(['谢谢']);
    expect(talk.records('rating')).toMatchObject([
      {
        value: { score: 4, order: NUMBER, kind: 'fault', channel: 'web', sessionId: talk.state.session?.id },
      },
    ]);
  });

  it('is not asked of an order that is not done after all', () => {
    const talk = confirmed('reopened');
    expect(timerOf(talk)).toBeUndefined();
    expect(talk.last?.cancelTimers).toContain(`survey:${NUMBER}`);
  });

  it('waits for the morning, also when the server was down in the evening', () => {
    const talk = confirmed();
    const timer = timerOf(talk);
    talk.now = Date.UTC(2026, 10, 24, 23);
    expect(talk.event('timer.due', timer?.value)).toEqual([]);
    expect(timerOf(talk)?.dueAt).toBe(Date.UTC(2026, 10, 25, 6));
    expect(talk.fire(timerOf(talk))).toEqual(['几分？']);
  });

  it('waits until another matter has come to an end, for a day', () => {
    const talk = confirmed();
    const timer = timerOf(talk);
    talk.say('多少钱');
    expect(talk.fire(timer)).toEqual([]);
    expect(timerOf(talk)?.dueAt).toBe(talk.now + 30 * 60_000);
    expect(talk.event('timer.due', { ...(timer?.value as object), solvedAt: talk.now - DAY })).toEqual([]);
    expect(timerOf(talk)).toBeUndefined();
  });

  it.each([
    [
      'while another order is open',
      (talk: ReturnType<typeof confirmed>) =>
        talk.event('order.registered', {
          order: { ...order('assigned'), number: 'F26112405KG2M8QXB' },
          version: 1,
        }),
    ],
    [
      'when the order was opened again',
      (talk: ReturnType<typeof confirmed>) => talk.event('order.changed', event('in-progress', 3)),
    ],
    [
      'after danger',
      (talk: ReturnType<typeof confirmed>) => {
        talk.say('触电');
        talk.agent('claim');
        talk.agent('release', { resumeAt: null });
      },
    ],
    [
      'after a scam that the bot alone spoke about',
      (talk: ReturnType<typeof confirmed>) => {
        talk.say('有人冒充客服');
        talk.say('没有');
      },
    ],
    [
      'while a human has the conversation, for as long as the day lasts',
      (talk: ReturnType<typeof confirmed>) => {
        talk.say('人工');
        talk.agent('claim');
      },
    ],
  ])('is not asked %s', (_when, happens) => {
    const talk = confirmed();
    const timer = timerOf(talk);
    happens(talk);
    expect(talk.fire(timer)).toEqual([]);
    expect(talk.state.survey?.askedAt ?? null).toBeNull();
  });

  it('is asked once in seven days', () => {
    const talk = confirmed();
    const timer = timerOf(talk);
    talk.fire(timer);
    talk.say('5');
    const askedAt = talk.state.survey?.askedAt ?? 0;
    talk.now = askedAt + 6 * DAY;
    const again = { subject: 'survey', number: NUMBER, solvedAt: talk.now - HOUR };
    expect(talk.event('timer.due', again)).toEqual([]);
    talk.now = askedAt + 8 * DAY;
    expect(talk.event('timer.due', { ...again, solvedAt: talk.now - HOUR })).toEqual(['几分？']);
  });

  it('is not asked again of who speaks of something else', () => {
    const talk = confirmed();
    talk.fire(timerOf(talk));
    expect(talk.say('多少钱')).toEqual(['哪个']);
    expect(talk.say('100M')).not.toContain('几分？');
    expect(talk.records('rating')).toEqual([]);
  });
});

describe('a customer in the line because an order is late', () => {
  it.each([`promise-lapsed:${NUMBER}`, 'repair-not-confirmed'])(
    'leaves it once the order is done: %s',
    (reason) => {
      const talk = waiting(reason);
      talk.answer({ type: 'ok', value: { status: 'closed', order: order('closed') } });
      expect(talk.state.ownership.owner).toBe('bot');
      expect(talk.commands()).toContainEqual(expect.objectContaining({ operation: 'queue.remove' }));
    },
  );

  it.each(['promise-lapsed:F26112400000000X', 'talk-to-human'])(
    'stays in it for anything else: %s',
    (reason) => {
      const talk = waiting(reason);
      talk.answer({ type: 'ok', value: { status: 'closed', order: order('closed') } });
      expect(talk.state.ownership.owner).toBe('queued');
    },
  );
});
