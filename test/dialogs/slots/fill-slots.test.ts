import { talk } from '../../support/dialogs';
import { atLight, atSure, entity, home, part, phone, set } from '../repair-set';

describe('slots', () => {
  it('are filled by one message at once, and what is known is not asked', () => {
    const customer = talk(set);
    customer.say('中山路3栋没网,灯不亮', { entities: [home, phone] }, 'fault');
    expect(customer.slots).toMatchObject({ light: 'off', phone: '13800138000' });
    expect(customer.step).toBe('repair/test');
  });

  it.each([
    ['不对，是5栋', '中山路5栋'],
    ['地址错了,是5栋不是3栋', '中山路5栋'],
    ['其实是5栋', '中山路5栋'],
    ['Actually it is building 5', '中山路5栋'],
  ])('"%s" changes only that part', (text, full) => {
    const customer = atLight();
    expect(customer.say(text, { entities: [part({ building: '5栋' })] })[0]).toBe(`<corrected>地址${full}`);
    expect(customer.slots.address).toMatchObject({ road: '中山路', building: '5栋', full });
    expect(customer.step).toBe('repair/light');
  });

  it('keep what they hold when a part is only mentioned', () => {
    const customer = atLight();
    customer.say('5栋的邻居也没网', { entities: [part({ building: '5栋' })] });
    expect(customer.slots.address).toMatchObject({ building: '3栋' });
  });

  it('take a missing part without any word of correction', () => {
    const customer = atLight();
    customer.say('501', { entities: [part({ room: '501' })] });
    expect(customer.slots.address).toMatchObject({ full: '中山路3栋501' });
  });

  it('are found out again where they hang on what was corrected', () => {
    const customer = atSure();
    const replies = customer.say('不对，是5栋', { entities: [part({ building: '5栋' })] }, 'deny');
    expect(replies).toEqual(['<corrected>地址中山路5栋', '测一下']);
    expect(customer.slots).toMatchObject({ test: null, light: 'on' });
    expect(customer.slots.ok).toBeUndefined();
  });

  it('change by another answer to an earlier question', () => {
    const customer = atSure();
    customer.say('说错了，灯不亮');
    expect(customer.slots.light).toBe('off');
  });

  it('are refused with a reason when the answer does not hold', () => {
    const customer = atSure();
    customer.say('行');
    expect(customer.step).toBe('repair/phone');
    expect(customer.say('0251234', { entities: [entity('phone', '0251234')] })).toEqual(['要11位']);
    expect(customer.slots.phone).toBeNull();
    expect(customer.say('13800138000', { entities: [phone] })).toEqual(['办好了']);
  });

  it('that are shared are not asked for in the next dialog', () => {
    const customer = atSure();
    customer.say('行', { entities: [phone] });
    expect(customer.step).toBe('none');
    customer.say('又没网了', {}, 'fault');
    expect(customer.step).toBe('repair/light');
  });

  it('take free text as it is, at most 300 characters of it', () => {
    const customer = talk(set);
    customer.say('投诉', {}, 'complain');
    expect(customer.say(`九月起 {{ 1 }} ${'长'.repeat(400)}`, {}, 'fault')[0]).toMatch(
      /^记下：九月起 \{\{ 1 }} 长+$/,
    );
    expect(customer.said[0]?.length).toBe(303);
  });

  it('take "28号" for a day where a time is asked, and for a house elsewhere', () => {
    const both = [
      { ...part({ number: '28号' }), end: 3 },
      { ...entity('datetime', { startAt: 1, endAt: 2 }), end: 3 },
    ];
    const customer = talk(set);
    customer.say('没网了', {}, 'fault');
    customer.say('28号', { entities: both });
    expect(customer.slots.address).toEqual({ full: '28号', number: '28号' });
  });

  it('keep what only follows from a street out of its line, and forget it with the street', () => {
    const region = { city: '南京市', area: 'a-1', inferred: ['city'] };
    const customer = talk(set);
    customer.say('没网了', {}, 'fault');
    customer.say('中山路', { entities: [entity('address-part', { road: '中山路', ...region })] });
    customer.say('3栋', { entities: [part({ building: '3栋' })] });
    expect(customer.slots.address).toMatchObject({ ...region, full: '中山路3栋' });
    customer.say('不对，是人民路', { entities: [part({ road: '人民路' })] });
    expect(customer.slots.address).toEqual({ full: '人民路', road: '人民路' });
  });
});
