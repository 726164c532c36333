import { talk } from '../support/dialogs';
import { entity, set } from './repair-set';

describe('secrets', () => {
  const code = (value: string) => entity('one-time-code', value);

  it('are taken, and never said, repeated, noted or handed on', () => {
    const customer = talk(set);
    customer.say('核实', {}, 'prove');
    const replies = customer.say('[验证码]', { entities: [code('SECRET-1')] });
    replies.push(...customer.say('不对，是[验证码]', { entities: [code('SECRET-2')] }));
    replies.push(...customer.say('再说一遍', {}, 'repeat'));
    expect(customer.slots.code).toBe('SECRET-2');
    expect(replies.join()).not.toContain('SECRET');
    expect(JSON.stringify(customer.effects)).not.toContain('SECRET');
    expect(JSON.stringify([customer.state.shared, customer.state.lastReplies])).not.toContain('SECRET');
  });

  it('do not go into an order', () => {
    const customer = talk(set);
    customer.say('核实', {}, 'prove');
    customer.say('[验证码]', { entities: [code('SECRET-1')] });
    customer.say('就这些');
    expect(customer.effects).toContainEqual(
      expect.objectContaining({
        type: 'call',
        args: { kind: 'complaint', summary: '补充：就这些', details: { more: '就这些' } },
      }),
    );
  });

  it('are not kept for a question of ours', () => {
    const candidates = [
      { intent: 'fault', probability: 0.5 },
      { intent: 'price', probability: 0.45 },
    ];
    const customer = talk(set);
    customer.say('[验证码] 网', { candidates, isClose: true, entities: [code('SECRET-1')] });
    expect(JSON.stringify(customer.state)).not.toContain('SECRET');
  });
});
