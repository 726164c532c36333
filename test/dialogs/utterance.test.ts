import { meaning, talk } from '../support/dialogs';
import { atLight, atTest, atWhere, home, set } from './repair-set';

describe('a human', () => {
  it.each([
    ['with nothing open', () => talk(set), null],
    ['at a question', atLight, 'light'],
    ['while a call is on its way, which goes on by itself', atTest, null],
  ])('is called on the first request %s', (_when, begin, resumeAt) => {
    const customer = begin();
    expect(customer.say('人工', {}, 'talk-to-human')).toEqual(['<handing-over>']);
    const handoff = { type: 'handoff', reason: 'customer-asked', priority: 'normal', resumeAt };
    expect(customer.effects).toContainEqual(handoff);
  });

  it('is not promised when nobody is on duty', () => {
    const customer = atLight();
    const understanding = meaning('人工', {}, 'talk-to-human');
    const event = { type: 'utterance', understanding, hasAttachment: false } as const;
    expect(customer.send(event, { isStaffed: false })).toEqual([]);
  });

  it('comes sooner to somebody upset, who hears of it once', () => {
    const customer = talk(set);
    expect(customer.say('气死了没网', { isUpset: true }, 'fault')).toEqual(['哪里', '<human-any-time>']);
    expect(customer.say('多少钱', { isUpset: true }, 'price')).toEqual(['哪种']);
    customer.say('人工', { isUpset: true }, 'talk-to-human');
    expect(customer.effects).toContainEqual(expect.objectContaining({ type: 'handoff', priority: 'high' }));
  });

  it('gives the conversation back at a step, or where it stood', () => {
    const customer = atLight();
    expect(customer.send({ type: 'resume', dialog: null, step: null })).toEqual(['灯亮吗']);
    expect(customer.send({ type: 'resume', dialog: null, step: 'phone' })).toEqual(['电话']);
    expect(customer.send({ type: 'resume', dialog: null, step: 'no-such' })).toEqual(['电话']);
  });

  it('does not make a call twice by giving back at the step of a call on its way', () => {
    const customer = atTest();
    customer.send({ type: 'resume', dialog: null, step: 'test' });
    expect(customer.effects.filter(({ type }) => type === 'call')).toEqual([]);
  });
});

describe('a wish for a human beside a concern', () => {
  it.each([
    [0.95, true],
    [0.8, false],
  ])('of probability %d counts: %s', (probability, isWish) => {
    const customer = talk(set);
    const intents = [
      { intent: 'talk-to-human', probability },
      { intent: 'fault', probability: 1 },
    ];
    customer.say('你跟我说，没网了', { intents });
    expect(customer.effects.some(({ type }) => type === 'handoff')).toBe(isWish);
  });
});

describe('danger', () => {
  it.each(['physical', 'self-harm', 'emergency-call', 'scam'] as const)(
    '%s comes before everything',
    (danger) => {
      const customer = atTest();
      expect(customer.say('人工', { danger }, 'talk-to-human')).toEqual([`<danger-${danger}>`]);
      expect(customer.effects).toContainEqual(
        expect.objectContaining({ type: 'handoff', priority: 'danger' }),
      );
    },
  );
});

describe('language', () => {
  it('follows the customer from the message on, and not a lone number', () => {
    const customer = atWhere();
    expect(customer.say('in Zhongshan Road', { locale: 'en', entities: [home] }, undefined)).toEqual([
      'Is the light on',
    ]);
    customer.say('1', { locale: 'zh' });
    expect(customer.state.locale).toBe('en');
    customer.say('[验证码]', { locale: 'zh' });
    expect(customer.state.locale).toBe('en');
    customer.say('好的', { locale: 'zh' }, 'affirm');
    expect(customer.state.locale).toBe('zh');
  });
});
