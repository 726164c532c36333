import type { Entity } from '../../../src/contract/understanding';
import { dialogSet, talk } from '../../support/dialogs';
import { entity } from '../repair-set';

const DIALOG = `
id: visit
name: { zh: 约时间, en: visit }
intents: [visit]
slots:
  when:
    name: { zh: 时间, en: time }
    entity: datetime
    accept: "value.startAt > now"
    refuse:
      - { when: "value.startAt < 1000", message: { zh: 过了, en: It is over } }
  phone: { name: { zh: 电话, en: phone }, entity: phone, isShared: true }
  order: { name: { zh: 单号, en: order }, entity: order-number }
  time: { name: { zh: 哪个, en: which } }
steps:
  - id: pick
    type: choose
    slot: time
    prompt: { zh: 哪个好, en: Which }
    options:
      - { value: a, label: { zh: 甲, en: A }, when: "'when' in news" }
      - { value: b, label: { zh: 乙, en: B } }
    next: ask-when
  - { id: ask-when, type: ask, slot: when, prompt: { zh: 几点, en: When }, next: ask-order }
  - { id: ask-order, type: ask, slot: order, prompt: { zh: 单号, en: Number }, attempts: 2, onFail: over, next: over }
  - { id: over, type: end, text: { zh: 好了, en: Done } }
`;
const WORDS = `
other-kind: { zh: "是{{ found }}不是{{ wanted }}，如{{ example }}", en: "{{ found }}, not {{ wanted }}, like {{ example }}" }
masked: { zh: "不用{{ found }}", en: "no {{ found }}" }
kinds:
  phone:
    name: { zh: 电话, en: a phone }
    reasons: { too-short: { zh: "差{{ off }}位", en: "{{ off }} short" } }
  order-number:
    name: { zh: 单号, en: a number }
    example: { zh: F1, en: F1 }
    reasons: { check: { zh: 抄错了, en: miscopied } }
  id-card: { name: { zh: 证件号, en: ID } }
`;
const set = dialogSet({ 'visit.yaml': DIALOG, 'refusals.yaml': WORDS }, ['visit', 'deny']);
const silent = dialogSet({ 'visit.yaml': DIALOG }, ['visit', 'deny']);
const miss = (type: 'phone' | 'order-number', reason: string) => ({
  nearMisses: [{ type, reason, text: '123', start: 0, end: 3, off: 1 }],
});
const time = (startAt: number): Entity => entity('datetime', { startAt, endAt: null });

const at = (step: 'pick' | 'ask-when' | 'ask-order', content = set) => {
  const customer = talk(content);
  customer.say('约一下', {}, 'visit');
  if (step !== 'pick') customer.say('乙');
  if (step === 'ask-order') customer.say('明天', { entities: [time(9e15)] });
  expect(customer.step).toBe(`visit/${step}`);
  return customer;
};

describe('an answer that cannot be taken', () => {
  it('is told why, and the question stays', () => {
    const customer = at('ask-order');
    expect(customer.say('F123', miss('order-number', 'check'))).toEqual(['抄错了']);
    expect(customer.step).toBe('visit/ask-order');
    expect(customer.slots.order ?? null).toBeNull();
  });

  it('is told what it is and what is wanted when it is of another kind', () => {
    const customer = at('ask-order');
    customer.say('电话13800138000', { entities: [entity('phone', '13800138000')] });
    expect(customer.say('13900139000', { entities: [entity('phone', '13900139000')] })[0]).toBe(
      '是电话不是单号，如F1',
    );
  });

  it('is told that what was masked is not needed', () => {
    expect(at('ask-order').say('[证件号]')).toEqual(['不用证件号']);
  });

  it('is refused by a rule of its slot, where it was asked and where it means an option', () => {
    expect(at('ask-when').say('昨天', { entities: [time(5)] })).toEqual(['过了']);
    expect(at('pick').say('昨天', { entities: [time(5)] })).toEqual(['过了', '哪个好']);
  });

  it('is taken at its own question though it would be passed over elsewhere', () => {
    const customer = at('ask-when');
    customer.say('今天', { entities: [time(2000)] });
    expect(customer.step).toBe('visit/ask-order');
    const elsewhere = at('ask-order');
    elsewhere.say('今天', { entities: [time(2000)] });
    expect(elsewhere.slots.when).toEqual({ startAt: 9e15, endAt: null });
  });

  it('is a day where a time was asked, though it may be a house', () => {
    const customer = at('ask-when');
    const house = { ...entity('address-part', { number: '28号' }), end: 3 };
    customer.say('28号', { entities: [house, { ...time(9e15), end: 3 }] });
    expect(customer.slots.when).toEqual({ startAt: 9e15, endAt: null });
  });

  it('is given up after as many attempts as the step has', () => {
    const customer = at('ask-order');
    for (const _ of [1, 2]) customer.say('F123', miss('order-number', 'check'));
    expect(customer.say('F123', miss('order-number', 'check'))).toEqual(['抄错了', '好了']);
  });

  it('is told beside what was taken', () => {
    const customer = at('ask-when');
    expect(customer.say('明天 电话123', { entities: [time(9e15)], ...miss('phone', 'too-short') })).toEqual([
      '差1位',
      '单号',
    ]);
  });

  it('of a kind that nobody asked for changes nothing', () => {
    expect(at('ask-when').say('123', miss('phone', 'too-short'))[0]).toContain('<not-understood>');
    expect(at('ask-when').say('说错了 123', miss('phone', 'too-short'))).toEqual(['差1位']);
  });

  it('is asked for again where the content has no words for it', () => {
    expect(at('ask-order', silent).say('F123', miss('order-number', 'check'))[0]).toContain(
      '<not-understood>',
    );
  });
});
