import { advance } from '../../src/dialogs/advance';
import { context, meaning, talk } from '../support/dialogs';
import { atLight, atWhere, entity, home, set } from './repair-set';

describe('options', () => {
  it.each(['亮着', '1', '１', '①', '第一个', '选1', '一', '亮的', '好,第一个吧', 'the first one'])(
    '"%s" is the first',
    (text) => {
      const customer = atLight();
      customer.say(text);
      expect(customer.slots.light).toBe('on');
    },
  );

  it.each(['不亮', '2', '第二个', '二', '没亮', '都灭了', '后面那个'])('"%s" is the second', (text) => {
    const customer = atLight();
    customer.say(text);
    expect(customer.slots.light).toBe('off');
  });

  it('are offered to be tapped', () => {
    const { state } = atWhere();
    const { replies } = advance(
      set,
      state,
      { type: 'utterance', understanding: meaning('中山路3栋', { entities: [home] }), hasAttachment: false },
      context,
    );
    expect(replies.at(-1)).toEqual({ text: '灯亮吗', quickReplies: ['亮着', '不亮', '不清楚'] });
  });

  it('are read by a thumb where yes is one', () => {
    const customer = atLight();
    customer.say('👍');
    expect(customer.slots.light).toBe('on');
  });
});

describe('misunderstandings', () => {
  it('put the question in other words, then offer a human, then hand over', () => {
    const customer = atWhere();
    expect(customer.say('呜噜')).toEqual(['<not-understood>', '再说哪里']);
    expect(customer.say('咕噜')).toEqual(['<offer-human>']);
    customer.say('哗啦');
    expect(customer.effects).toContainEqual({
      type: 'handoff',
      reason: 'not-understood:repair:where',
      priority: 'normal',
      resumeAt: 'where',
    });
  });

  it('in a row with nothing open offer a human, and a plain yes accepts', () => {
    const customer = talk(set);
    expect(customer.say('呜噜')).toEqual(['<what-i-can-do>']);
    expect(customer.say('咕噜')).toEqual(['<offer-human>']);
    customer.say('好', {}, 'affirm');
    expect(customer.effects).toContainEqual(expect.objectContaining({ type: 'handoff' }));
  });

  it('are forgotten once something is understood', () => {
    const customer = talk(set);
    customer.say('呜噜');
    customer.say('没网', {}, 'fault');
    expect(customer.say('咕噜')[0]).toBe('<not-understood>');
  });

  it('between two close concerns are cleared up, and what was said is kept', () => {
    const candidates = [
      { intent: 'fault', probability: 0.5 },
      { intent: 'price', probability: 0.45 },
    ];
    const customer = talk(set);
    expect(customer.say('网', { candidates, isClose: true, entities: [home] })).toEqual([
      '<which-one>faultprice',
    ]);
    customer.say('第一个');
    expect(customer.slots.said).toBe('网 第一个');
    expect(customer.slots.address).toMatchObject({ full: '中山路3栋' });
    expect(customer.step).toBe('repair/light');
  });

  it('do not lose who and where, said before the concern was understood', () => {
    const customer = talk(set);
    expect(customer.say('中山路3栋', { entities: [home] })).toEqual(['<what-i-can-do>']);
    customer.say('没网', {}, 'fault');
    expect(customer.step).toBe('repair/light');
  });

  it('of a fact that speaks for a concern by itself are asked about', () => {
    const customer = talk(set);
    expect(customer.say('那个灯', { entities: [entity('light', { colour: 'red' })] })).toEqual([
      '<did-you-mean>fault',
    ]);
    customer.say('对', {}, 'affirm');
    expect(customer.step).toBe('repair/where');
  });

  it('of something likely are asked about', () => {
    const customer = talk(set);
    const candidates = [{ intent: 'price', probability: 0.6 }];
    expect(customer.say('那个', { candidates })).toEqual(['<did-you-mean>price']);
    expect(customer.say('不是', {}, 'deny')).toEqual(['<what-i-can-do>']);
    expect(customer.say('那个', { candidates })).toEqual(['<offer-human>']);
  });
});
