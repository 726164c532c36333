import { talk } from '../../support/dialogs';
import { entity } from '../repair-set';
import { setWith } from './repertoire';

const found = (...ids: string[]) => ({ ids });
const close = (...ids: string[]) => ({ ids, status: 'close' as const });
const set = setWith({
  红灯什么意思: found('lights'),
  账单在哪看: found('bills'),
  账单寄给我: found('bills'),
  灯或者账单: close('lights', 'bills'),
  灯还是账单怎么看: close('lights', 'bills'),
  灯亮不亮是什么意思: { ids: ['lights'], isSure: true },
  灯怎么不亮: found('lights'),
});

describe('a question', () => {
  it('is answered with its source when no concern is seen in it', () => {
    expect(talk(set).say('账单在哪看')).toEqual(['<answer>账单在应用里']);
  });

  it('comes after a concern that is seen in it', () => {
    const customer = talk(set);
    expect(customer.say('账单在哪看', {}, 'fault')).toEqual(['灯亮吗？']);
  });

  it('comes before a concern whose dialog can only hand over, and a human stays one word away', () => {
    const customer = talk(set);
    expect(customer.say('账单在哪看', {}, 'bill')).toEqual(['<answer>账单在应用里', '<answered-concern>']);
    expect(customer.step).toBe('none');
    expect(customer.say('账单', {}, 'bill')).toEqual(['要转人工吗？']);
    // An order is no question, though an answer speaks of it.
    expect(talk(set).say('账单寄给我', {}, 'bill')).toEqual(['要转人工吗？']);
    // Two that are close are no reason to leave what the customer seems to want.
    expect(talk(set).say('灯或者账单', {}, 'bill')).toEqual(['要转人工吗？']);
  });

  it('without an answer is noted for whoever keeps the knowledge', () => {
    const customer = talk(set);
    customer.say('月亮上有信号吗', { entities: [{ ...entity('address', {}), start: 0, end: 2 }] });
    expect(customer.effects).toContainEqual({
      type: 'unanswered',
      text: '月亮上有信号吗',
      locale: 'zh',
      parts: [{ type: 'address', start: 0, end: 2 }],
    });
    customer.say('账单在哪看');
    expect(customer.effects.filter(({ type }) => type === 'unanswered')).toEqual([]);
  });
});

describe('a guess that is right', () => {
  it('is noted with the intent that the customer said it was', () => {
    const customer = talk(set);
    customer.say('那个东西', { candidates: [{ intent: 'fault', probability: 0.6 }] });
    customer.say('是的', {}, 'affirm');
    expect(customer.effects).toContainEqual({
      type: 'unanswered',
      text: '那个东西',
      locale: 'zh',
      parts: [],
      chosen: 'fault',
    });
  });
});

describe('a guess that is turned down', () => {
  it('is a question without an answer', () => {
    const customer = talk(set);
    const candidates = [{ intent: 'fault', probability: 0.6 }];
    customer.say('那个东西', { candidates });
    expect(customer.effects.filter(({ type }) => type === 'unanswered')).toEqual([]);
    expect(customer.say('不是', {}, 'deny')).toEqual(['<what-i-can-do>']);
    expect(customer.effects).toContainEqual(
      expect.objectContaining({ type: 'unanswered', text: '那个东西' }),
    );
  });
});

describe('an answer with an offer', () => {
  it.each([['好的'], ['行']])('opens the dialog on "%s"', (yes) => {
    const customer = talk(set);
    expect(customer.say('红灯什么意思')).toEqual(['<answer>红灯是没信号', '要报障吗？']);
    expect(customer.say(yes, {}, yes === '行' ? 'affirm' : undefined)).toEqual(['灯亮吗？']);
    expect(customer.step).toBe('repair/ask-light');
  });

  it('is left at "no", and forgotten when something else is said', () => {
    const customer = talk(set);
    customer.say('红灯什么意思');
    expect(customer.say('不用')).toEqual(['<closing>']);
    customer.say('红灯什么意思');
    expect(customer.say('账单在哪看')).toEqual(['<answer>账单在应用里']);
    expect(customer.step).toBe('none');
  });
});

describe('two answers that are close', () => {
  const ask = () => {
    const customer = talk(set);
    expect(customer.say('灯或者账单')).toEqual(['<which-answer>']);
    return customer;
  };
  it('are asked about by their questions', () => {
    const result = ask();
    expect(result.state.lastReplies.at(-1)?.quickReplies).toEqual(['lights问', 'bills问', '都不是']);
  });
  it.each([['bills问'], ['第二个'], ['2']])('are chosen from by "%s"', (said) => {
    expect(ask().say(said)).toEqual(['<answer>账单在应用里']);
  });
  it('are both turned down, which is noted', () => {
    const customer = ask();
    expect(customer.say('都不是')).toEqual(['<what-i-can-do>']);
    expect(customer.effects).toContainEqual(
      expect.objectContaining({ type: 'unanswered', text: '灯或者账单' }),
    );
  });
  it('are left for another concern', () => {
    expect(ask().say('坏了', {}, 'fault')).toEqual(['灯亮吗？']);
  });
});

describe('a question in the middle of a dialog', () => {
  const atLight = () => {
    const customer = talk(set);
    customer.say('坏了', {}, 'fault');
    return customer;
  };

  it('is answered, and the open question is put again', () => {
    const customer = atLight();
    expect(customer.say('账单在哪看')).toEqual(['<answer>账单在应用里', '灯亮吗？']);
    expect(customer.step).toBe('repair/ask-light');
    expect(customer.state.misunderstood).toBe(0);
  });

  it('is no choice of the option whose word it has, when it is beyond doubt a question', () => {
    const customer = atLight();
    expect(customer.say('灯亮不亮是什么意思')).toEqual(['<answer>红灯是没信号', '灯亮吗？']);
    expect(customer.slots.light).toBeUndefined();
  });

  it('is the answer to the open question when that is as likely', () => {
    const customer = atLight();
    expect(customer.say('灯怎么不亮')).toEqual(['在哪里？']);
    expect(customer.slots.light).toBe('off');
  });

  it('may follow an answer', () => {
    const customer = atLight();
    expect(customer.say('不亮 对了账单在哪看')).toEqual(['<answer>账单在应用里', '在哪里？']);
    expect(customer.slots.light).toBe('off');
  });

  it('offers nothing that would leave the dialog', () => {
    const customer = atLight();
    customer.say('不亮');
    expect(customer.say('红灯什么意思')).toEqual(['<answer>红灯是没信号', '在哪里？']);
    expect(customer.state.clarifying).toBeNull();
  });

  it('is none that asks nothing and is near to several answers', () => {
    expect(atLight().say('灯或者账单')).toEqual(['<not-understood>', '灯亮吗？']);
  });

  it('goes back to the dialog after it was asked which is meant', () => {
    const customer = atLight();
    expect(customer.say('灯还是账单怎么看')).toEqual(['<which-answer>']);
    expect(customer.say('第二个')).toEqual(['<answer>账单在应用里', '灯亮吗？']);
    customer.say('灯还是账单怎么看');
    expect(customer.say('都不是')).toEqual(['灯亮吗？']);
  });
});

describe('an answer step', () => {
  it('says the article that it names, then what a slot asks for, or goes where there is none', () => {
    const customer = talk(set);
    expect(customer.say('指南', {}, 'guide')).toEqual(['<answer>红灯是没信号', '还想问什么？']);
    expect(customer.say('账单在哪看')).toEqual(['<answer>账单在应用里', '就这些']);
    customer.say('指南', {}, 'guide');
    expect(customer.say('别的事情')).toEqual(['没有答案']);
  });

  it('says nothing that does not hold now and here', () => {
    const customer = talk({ ...set, holds: () => false });
    expect(customer.say('指南', {}, 'guide')).toEqual(['没有答案']);
  });
});
