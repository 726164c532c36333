import type { Advice } from '../../src/contract/understanding';
import { dialogSet, meaning, talk } from '../support/dialogs';

/** What the interpreter makes of a language model's advice: questions and marked answers, never steps. */
const REPAIR = `
id: repair
name: { zh: 报修, en: repair }
intents: [fault]
slots:
  light: { name: { zh: 灯, en: light } }
  place: { name: { zh: 地址, en: address }, entity: address }
steps:
  - id: light
    type: choose
    slot: light
    prompt: { zh: 光猫红灯亮吗？, en: Is the red light on? }
    options:
      - { value: "yes", label: { zh: 红灯亮, en: It is on } }
      - { value: "no", label: { zh: 不亮, en: It is off } }
    next: place
  - { id: place, type: ask, slot: place, prompt: { zh: 地址是？, en: Where? }, next: over }
  - { id: over, type: end }
`;
const CANCEL = `
id: cancel-broadband
name: { zh: 拆机, en: cancel }
intents: [cancel-broadband]
slots: { sure: { name: { zh: 确认, en: sure } } }
steps:
  - id: sure
    type: choose
    slot: sure
    prompt: { zh: 确定拆机吗？, en: Sure? }
    options: [{ value: "yes", label: { zh: 拆, en: Cancel it } }, { value: "no", label: { zh: 不拆, en: Keep it } }]
    next: over
  - { id: over, type: end }
`;
const set = dialogSet({ 'repair.yaml': REPAIR, 'cancel-broadband.yaml': CANCEL }, [
  'fault',
  'cancel-broadband',
  'affirm',
  'deny',
]);
const open = () => {
  const customer = talk(set);
  customer.say('坏了', {}, 'fault');
  return customer;
};
const option: Advice = { type: 'words', text: '红灯亮', entities: [] };
const concern: Advice = { type: 'intent', intent: 'cancel-broadband' };
const answer: Advice = {
  type: 'answer',
  text: '携号转网前要结清欠费。',
  sources: [{ id: 'p', title: '携号转网', source: '工信部规定' }],
};

describe('advice of a language model', () => {
  it('opens no dialog by itself: the customer is asked first', () => {
    const customer = talk(set);
    expect(customer.say('那个啥', { advice: concern })).toEqual(['<did-you-mean>cancel-broadband']);
    expect(customer.step).toBe('none');
    customer.say('是的', {}, 'affirm');
    expect(customer.step).toBe('cancel-broadband/sure');
  });

  it('answers no question by itself: the customer is asked first', () => {
    const customer = open();
    expect(customer.say('猫那个小灯火红火红的', { advice: option })).toEqual(['<did-you-say>红灯亮']);
    expect(customer.step).toBe('repair/light');
    expect(customer.slots.light).toBeUndefined();
    customer.say('是的', {}, 'affirm');
    expect(customer.slots.light).toBe('yes');
    expect(customer.step).toBe('repair/place');
  });

  it('is forgotten with a "no", and the open question is put again', () => {
    const customer = open();
    customer.say('猫那个小灯火红火红的', { advice: option });
    expect(customer.say('不是', {}, 'deny')).toEqual(['光猫红灯亮吗？']);
    expect(customer.slots.light).toBeUndefined();
  });

  it('is forgotten when the customer answers the question itself', () => {
    const customer = open();
    customer.say('猫那个小灯火红火红的', { advice: option });
    customer.say('不亮');
    expect(customer.slots.light).toBe('no');
  });

  it('leaves an open dialog only when the customer says so', () => {
    const customer = open();
    expect(customer.say('那个啥', { advice: concern })).toEqual(['<did-you-mean>cancel-broadband']);
    expect(customer.say('不是', {}, 'deny')).toEqual(['光猫红灯亮吗？']);
    expect(customer.step).toBe('repair/light');
  });

  it('that nobody answers is not where the dialog ends: the open question is put again', () => {
    const customer = open();
    customer.say('那个啥', { advice: concern });
    expect(customer.effects).toContainEqual(expect.objectContaining({ type: 'timer', id: 'silence' }));
    expect(customer.send({ type: 'silence' })).toEqual(['<reminder>', '光猫红灯亮吗？']);
    // It answers what was asked last, not what was asked before the silence.
    customer.say('是的', {}, 'affirm');
    expect(customer.step).not.toBe('cancel-broadband/sure');
  });

  it('changes nothing of what is understood without it', () => {
    const cases: [string, string | undefined][] = [
      ['坏了', 'fault'],
      ['红灯亮', undefined],
      ['不亮', undefined],
    ];
    for (const advice of [option, concern, answer]) {
      for (const [words, intent] of cases) {
        const [one, other] = [open(), open()];
        expect(other.say(words, { advice }, intent)).toEqual(one.say(words, {}, intent));
        expect(other.state).toEqual(one.state);
      }
    }
  });

  it('never stands before danger or the wish for a human', () => {
    for (const advice of [option, concern, answer]) {
      const customer = open();
      expect(customer.say('漏电了', { danger: 'physical', advice })[0]).toBe('<danger-physical>');
      expect(customer.effects).toContainEqual(expect.objectContaining({ type: 'handoff' }));
      const other = open();
      other.say('人工', { advice }, 'talk-to-human');
      expect(other.effects).toContainEqual(expect.objectContaining({ reason: 'customer-asked' }));
    }
  });

  it('does nothing of what the customer says is not wanted', () => {
    const customer = talk(set);
    expect(customer.say('不要拆机', { isNegated: true, advice: concern })).toEqual(['<kept-as-it-is>']);
  });

  it('does not keep a human away: the second misunderstanding in a row offers one', () => {
    for (const advice of [option, concern]) {
      for (const customer of [talk(set), open()]) {
        customer.say('那个啥', { advice });
        expect(customer.say('那个啥', { advice })).toContain('<offer-human>');
      }
    }
  });

  it('knows no concern that the version has not', () => {
    const customer = talk(set);
    const advice: Advice = { type: 'intent', intent: 'refund-everything' };
    expect(customer.say('那个啥', { advice })).toEqual(['<what-i-can-do>']);
  });

  it('names its source and who wrote it, and a human is one tap away', () => {
    const customer = talk(set);
    const event = {
      type: 'utterance' as const,
      understanding: meaning('咋转网', { advice: answer }),
      hasAttachment: false,
    };
    customer.send(event);
    expect(customer.state.lastReplies).toEqual([
      {
        text: '<model-answer>携号转网前要结清欠费。工信部规定',
        quickReplies: ['转人工'],
        writtenBy: 'model',
      },
    ]);
  });

  it('answers a question in the middle of a dialog, which stays open, twice at most', () => {
    const customer = open();
    const said = customer.say('转网要不要结清欠费？', { advice: answer });
    expect(said).toEqual(['<model-answer>携号转网前要结清欠费。工信部规定', '光猫红灯亮吗？']);
    customer.say('转网要不要结清欠费？', { advice: answer });
    expect(customer.say('转网要不要结清欠费？', { advice: answer })[0]).toBe('<not-understood>');
  });

  it('says nothing that no question asked for in the middle of a dialog', () => {
    expect(open().say('那个啥', { advice: answer })[0]).toBe('<not-understood>');
  });

  it('is text for people, never a template', () => {
    const customer = talk(set);
    const advice: Advice = { ...answer, text: '{{ slots.light }}{% raw %}' };
    expect(customer.say('咋转网', { advice })[0]).toContain('{{ slots.light }}{% raw %}');
  });
});
