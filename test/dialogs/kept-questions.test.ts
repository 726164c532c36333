import { type DialogEvent, dialogStateSchema } from '../../src/contract/dialog';
import { newDialogState } from '../../src/dialogs/advance';
import { meaning, talk } from '../support/dialogs';
import { atTest, set, WEAK } from './repair-set';

const PRICE = { candidates: [{ intent: 'price', probability: 0.6 }] };
const call = ({ effects }: ReturnType<typeof atTest>) => {
  const found = effects.find((effect) => effect.type === 'call');
  if (found?.type !== 'call') throw new Error('no call');
  return found;
};
const asking = (...questions: string[]) => {
  const customer = atTest();
  const { frameId, callId } = call(customer);
  const said = questions.map((text) => customer.say(text, PRICE));
  const answered = { type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } } as const;
  return { customer, said, answer: () => customer.send(answered) };
};

describe('a question while an outcome is awaited', () => {
  it('is kept, told once after the outcome, and the open question follows its answer', () => {
    const { customer, said, answer } = asking('这要花费多少');
    expect(said).toEqual([['<question-kept>']]);
    expect(answer()).toEqual(['结果low-light', '<kept-question>这要花费多少', '<did-you-mean>price']);
    expect(customer.step).toBe('repair/sure');
    expect(customer.say('不是', {}, 'deny')).toEqual(['行吗']);
    expect(customer.state.keptQuestions).toEqual([]);
  });

  it('opens what it is about on a yes, and on "第一个"', () => {
    for (const [text, intent] of [
      ['是的', 'affirm'],
      ['第一个', undefined],
    ] as const) {
      const { customer, answer } = asking('这要花费多少');
      answer();
      expect(customer.say(text, {}, intent)).toEqual(['哪种']);
    }
  });

  it('outlives a restart of the server, and a state of before there were such questions is read', () => {
    const { customer } = asking('这要花费多少');
    const stored = dialogStateSchema.parse(JSON.parse(JSON.stringify(customer.state)));
    const { frames } = stored;
    const waiting = frames[0]?.waiting;
    const later = talk(set, stored);
    const outcome = { type: 'ok', value: WEAK } as const;
    const frameId = frames[0]?.id ?? '';
    expect(later.send({ type: 'call-result', frameId, callId: waiting?.callId ?? '', outcome })).toContain(
      '<kept-question>这要花费多少',
    );
    const { keptQuestions: _none, ...before } = newDialogState('zh');
    expect(dialogStateSchema.parse(before).keptQuestions).toEqual([]);
  });

  it('is one of three at the most, the newest, each told in its turn', () => {
    const { customer, answer } = asking('要花费多少一', '要花费多少二', '要花费多少三', '要花费多少四');
    expect(customer.state.keptQuestions.map(({ text }) => text)).toEqual([
      '要花费多少二',
      '要花费多少三',
      '要花费多少四',
    ]);
    expect(answer()).toContain('<kept-question>要花费多少二');
    expect(customer.say('不是', {}, 'deny')).toEqual(['<kept-question>要花费多少三', '<did-you-mean>price']);
    expect(customer.say('不是', {}, 'deny')).toEqual(['<kept-question>要花费多少四', '<did-you-mean>price']);
    expect(customer.say('不是', {}, 'deny')).toEqual(['行吗']);
  });

  it('is left to the human who takes over, and kept where nobody is on duty', () => {
    const { customer } = asking('这要花费多少');
    const human: DialogEvent = {
      type: 'utterance',
      understanding: meaning('人工', {}, 'talk-to-human'),
      hasAttachment: false,
    };
    const asleep = talk(set, structuredClone(customer.state));
    asleep.send(human, { isStaffed: false });
    expect(asleep.state.keptQuestions).toHaveLength(1);
    customer.send(human);
    expect(customer.state.keptQuestions).toEqual([]);
  });

  it('that has no answer is told so at once', () => {
    const { customer, answer } = asking();
    expect(customer.say('月亮上有什么')).toEqual(['<cannot-answer>']);
    expect(answer()).toEqual(['结果low-light', '行吗']);
  });

  it.each(['还没好吗', '要多久', '测得怎么样了', '怎么这么慢', 'is it done yet?', 'how long will it take?'])(
    '%s: is about what is awaited',
    (text) => {
      const { customer, answer } = asking();
      expect(customer.say(text, PRICE)).toEqual(['<waiting>']);
      expect(answer()).toEqual(['结果low-light', '行吗']);
    },
  );
});

describe('words that end what is done', () => {
  it('end it while an outcome is awaited as well, and the question before them is still told', () => {
    const { customer, answer } = asking('这要花费多少');
    expect(customer.say('又能上了')).toEqual([
      '办好了',
      '<kept-question>这要花费多少',
      '<did-you-mean>price',
    ]);
    expect(answer()).toEqual([]);
  });
});
