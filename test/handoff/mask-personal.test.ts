import { hideSealed, maskPersonal, maskPhones } from '../../src/handoff/mask-personal';

describe('masking phones', () => {
  it.each([
    ['我的电话13800138000,谢谢', '我的电话138****8000,谢谢'],
    ['138 0013 8000', '138 **** 8000'],
    ['138-0013-8000', '138-****-8000'],
    ['+8613800138000', '+86138****8000'],
    ['13800138000', '138****8000'],
    ['0755-12345678', '0755-****5678'],
    ['020 8123456', '020 ****3456'],
    ['13800138000和13900139000', '138****8000和139****9000'],
    // No phone numbers: an account, an order, a time in milliseconds, a price.
    ['F2611249K3M1X2A', 'F2611249K3M1X2A'],
    ['1795000000000', '1795000000000'],
    ['200138001380005', '200138001380005'],
    ['129 元', '129 元'],
  ])('makes %s to %s', (text, masked) => {
    expect(maskPhones(text)).toBe(masked);
  });

  it('reaches every text of a value and takes sealed values out', () => {
    const sealed = `s1.${'A'.repeat(40)}`;
    const value = {
      slots: [{ phone: '13800138000', n: 13800138000, at: 1795000000000 }],
      code: sealed,
      none: null,
    };
    expect(maskPersonal(value)).toEqual({
      slots: [{ phone: '138****8000', n: '138****8000', at: 1795000000000 }],
      code: '•••',
      none: null,
    });
    expect(hideSealed(value)).toEqual({ ...value, code: '•••' });
  });
});
