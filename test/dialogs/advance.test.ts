import { advance, newDialogState } from '../../src/dialogs/advance';
import { context, meaning, TEN, talk } from '../support/dialogs';
import { atLight, atTest, atWhere, part, phone, set, WEAK } from './repair-set';

describe('calls', () => {
  it('let messages run as usual while they are awaited', () => {
    const customer = atTest();
    expect(customer.say('嗯')).toEqual(['<waiting>']);
    expect(customer.say('13800138000', { entities: [phone] })).toEqual(['<noted>']);
    expect(customer.say('多少钱', {}, 'price')).toEqual(['哪种']);
  });

  it('wait with their outcome until a digression is over', () => {
    const customer = atTest();
    const call = customer.effects.find((effect) => effect.type === 'call');
    if (call?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = call;
    customer.say('多少钱', {}, 'price');
    const result = { type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } } as const;
    expect(customer.send(result)).toEqual([]);
    expect(customer.say('甲')).toEqual(['一百元', '结果low-light', '行吗']);
  });

  it.each([
    ['timeout', { type: 'timeout' } as const, '超时了'],
    ['error', { type: 'error', code: 'x' } as const, '没测成'],
    [
      'a value that the operation does not promise',
      { type: 'ok', value: { verdict: 'great' } } as const,
      '没测成',
    ],
  ])('go on after %s, and what comes later changes nothing', (_name, outcome, said) => {
    const customer = atTest();
    const call = customer.effects.find((effect) => effect.type === 'call');
    if (call?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = call;
    expect(customer.send({ type: 'call-result', frameId, callId, outcome })).toEqual([said, '行吗']);
    const before = structuredClone(customer.state);
    const late = { type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } } as const;
    expect(customer.send(late)).toEqual([]);
    expect(customer.state).toEqual(before);
  });

  it('are made again for a corrected address, and the outcome of the first changes nothing', () => {
    const customer = atTest();
    const first = customer.effects.find((effect) => effect.type === 'call');
    customer.say('不对，是5栋', { entities: [part({ building: '5栋' })] });
    const second = customer.effects.find((effect) => effect.type === 'call');
    expect(second).toMatchObject({ args: { address: '中山路5栋' } });
    if (first?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = first;
    expect(
      customer.send({ type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } }),
    ).toEqual([]);
    expect(customer.step).toBe('repair/test');
  });

  it('have a clock of their own', () => {
    const customer = atTest();
    expect(customer.effects).toContainEqual(
      expect.objectContaining({ type: 'timer', subject: 'call', dueAt: TEN + 60_000 }),
    );
  });
});

describe('silence', () => {
  it('is broken once in a session', () => {
    const customer = atLight();
    expect(customer.send({ type: 'silence' })).toEqual(['<reminder>', '灯亮吗']);
    expect(customer.send({ type: 'silence' })).toEqual([]);
    customer.say('嗯嗯呜');
    expect(
      customer.effects.filter((effect) => effect.type === 'timer' && effect.subject === 'silence'),
    ).toEqual([]);
  });

  it('is minded while a question is open and no longer once the customer writes', () => {
    const customer = atWhere();
    expect(customer.effects).toContainEqual(expect.objectContaining({ type: 'timer', id: 'silence' }));
    customer.say('算了', {}, 'cancel');
    expect(customer.effects).toEqual([{ type: 'cancel-timer', id: 'silence' }]);
  });

  it('with nothing open is left alone', () => {
    expect(talk(set).send({ type: 'silence' })).toEqual([]);
  });

  it('of a day is followed by the offer to go on', () => {
    const customer = atLight();
    const later = { now: TEN + 24 * 3600_000 };
    const hello = {
      type: 'utterance',
      understanding: meaning('你好', {}, 'greet'),
      hasAttachment: false,
    } as const;
    expect(customer.send(hello, later)).toEqual(['<session-resumed>报修']);
    expect(customer.send({ ...hello, understanding: meaning('接着办', {}, 'affirm') }, later)).toEqual([
      '灯亮吗',
    ]);
  });
});

describe('the interpreter', () => {
  it('does not touch the state that it is given', () => {
    const { state } = atLight();
    const before = structuredClone(state);
    const event = { type: 'utterance', understanding: meaning('亮'), hasAttachment: false } as const;
    advance(set, state, event, context);
    expect(state).toEqual(before);
  });

  it('opens a dialog by name once', () => {
    const customer = talk(set, newDialogState('zh'));
    expect(customer.send({ type: 'start', dialog: 'price' })).toEqual(['哪种']);
    expect(customer.send({ type: 'start', dialog: 'price' })).toEqual(['哪种']);
    expect(customer.state.frames).toHaveLength(1);
    expect(customer.send({ type: 'start', dialog: 'no-such' })).toEqual(['哪种']);
  });
});
