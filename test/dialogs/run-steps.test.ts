import { TEN, talk } from '../support/dialogs';
import { atLight, entity, home, phone, set, WEAK } from './repair-set';

describe('a dialog that another runs', () => {
  it('goes on in the other without a word about going back', () => {
    const customer = talk(set);
    customer.say('核实', {}, 'prove');
    customer.say('[验证码]', { entities: [entity('one-time-code', 's')] });
    customer.say('没了');
    const call = customer.effects.find((effect) => effect.type === 'call');
    if (call?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = call;
    expect(customer.send({ type: 'call-result', frameId, callId, outcome: { type: 'timeout' } })).toEqual([
      '办吗',
    ]);
    expect(customer.step).toBe('prove/sure');
    const past = entity('datetime', { startAt: TEN - 1, endAt: null });
    customer.say('从昨晚开始', { entities: [past] });
    expect(customer.slots.wish).toBeUndefined();
    customer.say('明天', { entities: [entity('datetime', { startAt: TEN + 1, endAt: null })] });
    expect(customer.slots.wish).toMatchObject({ startAt: TEN + 1 });
  });
});

describe('digressions', () => {
  it('come back to the same question', () => {
    const customer = atLight();
    expect(customer.say('多少钱', {}, 'price')).toEqual(['哪种']);
    expect(customer.say('乙')).toEqual(['一百元', '<back-to>报修', '灯亮吗']);
    expect(customer.slots.address).toMatchObject({ full: '中山路3栋' });
  });

  it('are what a question about an option is, not the choice of it', () => {
    const customer = atLight();
    expect(customer.say('亮的多少钱', {}, 'price')).toEqual(['哪种']);
    customer.say('甲');
    expect(customer.slots.light).toBeUndefined();
  });

  it('leave the answer that was given beside them', () => {
    const customer = atLight();
    customer.say('亮 对了多少钱', {}, 'price');
    expect(customer.step).toBe('price/kind');
    customer.say('甲');
    expect(customer.slots.light).toBe('on');
    expect(customer.step).toBe('repair/test');
  });

  it('wait their turn when several concerns come in one message', () => {
    const customer = talk(set);
    const intents = [
      { intent: 'fault', probability: 0.9 },
      { intent: 'price', probability: 0.9 },
    ];
    customer.say('没网，还有多少钱', { intents });
    expect(customer.step).toBe('repair/where');
    customer.say('中山路3栋', { entities: [home, phone] });
    customer.say('亮');
    customer.outcome(WEAK);
    expect(customer.say('行')).toEqual(['办好了', '<next-concern>price', '哪种']);
  });

  it('end a dialog at words that settle it', () => {
    const customer = atLight();
    expect(customer.say('哎又能上了')).toEqual(['办好了']);
    expect(customer.step).toBe('none');
  });

  it('are not ended by the same words denied', () => {
    const customer = atLight();
    customer.say('没又能上了呀');
    expect(customer.step).toBe('repair/light');
  });
});
