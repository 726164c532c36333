import { talk } from '../support/dialogs';
import { atLight, atTest, part, set, WEAK } from './repair-set';

describe('controls', () => {
  it('cancel what is open, and say that nothing was submitted', () => {
    const customer = atLight();
    expect(customer.say('算了', {}, 'cancel')).toEqual(['<cancelled>报修']);
    expect(customer.step).toBe('none');
    expect(customer.say('取消', {}, 'cancel')).toEqual(['<nothing-to-cancel>']);
  });

  it('cancel nothing when a choice is taken back', () => {
    const customer = atLight();
    expect(customer.say('算了还是5栋吧', { entities: [part({ building: '5栋' })] }, 'cancel')).toEqual([
      '<corrected>地址中山路5栋',
      '灯亮吗',
    ]);
  });

  it('cancel nothing that the customer does not want cancelled', () => {
    const customer = atLight();
    expect(customer.say('不要取消预约', { isNegated: true })).toEqual(['<kept-as-it-is>', '灯亮吗']);
    expect(customer.step).toBe('repair/light');
  });

  it('drop the clock of a call that is cancelled, and its late outcome changes nothing', () => {
    const customer = atTest();
    const call = customer.effects.find((effect) => effect.type === 'call');
    customer.say('算了', {}, 'cancel');
    expect(customer.effects).toContainEqual({ type: 'cancel-timer', id: expect.stringMatching(/^call:/) });
    if (call?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = call;
    expect(
      customer.send({ type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } }),
    ).toEqual([]);
    expect(customer.step).toBe('none');
  });

  it('start over without what was said before', () => {
    const customer = atLight();
    expect(customer.say('重来', {}, 'restart')).toEqual(['<restarted>', '哪里']);
    expect(customer.slots.address).toBeUndefined();
  });

  it('say the last words again', () => {
    const customer = atLight();
    expect(customer.say('再说一遍', {}, 'repeat')).toEqual(['灯亮吗']);
    expect(talk(set).say('再说一遍', {}, 'repeat')).toEqual(['<nothing-to-repeat>']);
  });
});
