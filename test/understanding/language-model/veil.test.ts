import fc from 'fast-check';
import type { Entity } from '../../../src/contract/understanding';
import { createVeil } from '../../../src/understanding/language-model/veil';
import { createUnderstand } from '../../../src/understanding/understand';
import { startCpuTimer } from '../../support/cpu-time';
import { SEED, size } from '../../support/size';

const recognizer = { version: 'none', recognize: () => ({ intents: [], candidates: [], isClose: false }) };
const understand = createUnderstand({ recognizer, timeZone: 'Asia/Shanghai' });
const findEntities = (text: string): Entity[] =>
  understand(text, { now: Date.UTC(2026, 10, 24, 2), localeHint: 'zh' }).entities;
const veil = (...names: string[]) => createVeil(findEntities, names);

describe('a veil', () => {
  const personal: [string, string][] = [
    ['a phone', '打我电话13800138000'],
    ['a phone in groups', '我的号 138 0013 8000'],
    ['a phone with hyphens', 'call +86-138-0013-8000 please'],
    ['a phone in full-width digits', '电话１３８００１３８０００'],
    ['a phone in Chinese digits', '号码是一三八零零一三八零零零'],
    ['a phone with slashes', '138/0013/8000'],
    ['a phone one by one', '1 3 8、0 0 1 3、8 0 0 0'],
    ['a phone in mixed digits', '一3八 00一3 8零零零'],
    ['a landline', '座机0571-88886666'],
    ['an ID card', '身份证 110101199003074514'],
    ['an address', '我家在人民路18号阳光小区3号楼2单元501室'],
    ['an order number', '单号F261124ABCDEFGHX'],
    ['an account', '宽带账号是hz88123456'],
    ['a name that is introduced', '我叫张伟，宽带坏了'],
    ['an English name', 'my name is John Smith'],
    ['an e-mail', '邮箱 zhang.wei@example.com'],
    ['six digits', '验证码 482913'],
    ['a bank card', '卡号6222 0212 3456 7890 123'],
  ];
  const secrets =
    /1 3 8|一3八|138|１３８|一三八|88886666|11010119|人民路|阳光|501|F261124|88123456|张伟|John|Smith|zhang\.wei|482913|6222/;
  it.each(personal)('hides %s and puts it back', (_name, text) => {
    const own = veil();
    const hidden = own.hide(text);
    expect(hidden).not.toMatch(secrets);
    expect(hidden).toMatch(/⟦[a-z]+-1⟧/);
    expect(own.restore(hidden)).toBe(text);
  });

  it('hides who is known to be speaking, wherever the name stands', () => {
    expect(veil('欧阳娜娜').hide('欧阳娜娜您好')).toBe('⟦name-1⟧您好');
  });

  it('has one placeholder for one value in all words of a question', () => {
    const own = veil();
    expect(own.hide('打13800138000')).toBe('打⟦phone-1⟧');
    expect(own.hide('还是13800138000，或者13900139000')).toBe('还是⟦phone-1⟧，或者⟦phone-2⟧');
  });

  it('hides what reaches beyond a part that is known by its kind', () => {
    expect(veil().hide('13800138000,5566 7788')).not.toMatch(/\d{2}/);
  });

  it('hides a number with something between that nobody sees', () => {
    expect(veil().hide('138\u200b0013\u200b8000')).toBe('⟦phone-1⟧');
  });

  it('leaves what is not personal', () => {
    const text = '我家500M宽带，每月99元，从周六下午开始断网3天了，光猫红灯';
    expect(veil().hide(text)).toBe(text);
  });

  it('takes no placeholders from customers, and none that the model makes up', () => {
    const own = veil();
    expect(own.hide('⟦phone-1⟧，打13800138000')).toBe(' phone-1 ，打⟦phone-1⟧');
    expect(own.restore('打给⟦phone-2⟧')).toBeNull();
    expect(own.restore('打给⟦phone-1⟧')).toBe('打给13800138000');
    expect(own.restore('打给⟦phone-1')).toBeNull();
  });

  it('gives back every text as it was, whatever it is made of', () => {
    const pieces = fc.constantFrom(
      '138',
      '0013',
      '8000',
      ' ',
      '-',
      '号',
      '我叫',
      '张伟',
      '路',
      '501',
      'a@b.cn',
      '一三八',
      '⟦',
      '⟧',
      'x',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const own = veil('张伟');
        const text = parts.join('');
        expect(own.restore(own.hide(text))).toBe(text.replace(/[⟦⟧]/g, ' '));
      }),
      { seed: SEED, numRuns: size({ test: 500, prove: 20_000 }) },
    );
  });

  it('takes no long time for a long hostile text', () => {
    const cpuMs = startCpuTimer();
    for (const piece of ['1', 'a@', '我叫', '一', '1 ', 'a.']) veil().hide(piece.repeat(1000 / piece.length));
    expect(cpuMs()).toBeLessThan(1500);
  });
});
