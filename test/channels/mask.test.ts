import { createMask } from '../../src/channels/mask';

const mask = createMask((plain) => `sealed(${plain.length})`);

describe('masking', () => {
  it.each([
    ['我身份证11010519491231002X,帮我查', '我身份证[证件号],帮我查'],
    ['110105 19491231 0021', '[证件号]'],
    ['卡号6222 0212 3456 7890 123', '卡号[银行卡号]'],
    ['6222021234567890', '[银行卡号]'],
    ['６２２２０２１２３４５６７８９０', '[银行卡号]'],
    ['密码是abc123', '密码是[密码]'],
    ['my password is hunter22 ok', 'my password is [密码] ok'],
    ['验证码483920', '验证码[验证码]'],
    ['４８３９２０', '[验证码]'],
    ['483920', '[验证码]'],
  ])('replaces what must not be stored in "%s"', (text, masked) => {
    expect(mask(text).text).toBe(masked);
  });

  it.each([
    '密码是多少',
    'the password is wrong',
    '13800138000',
    '025-83210000',
    'F261124ABCDEFGH2',
    '欠费100000元',
    '中山路18号3栋2单元501',
    '每月129.50元',
    '账号 nj20261124',
  ])('leaves "%s" alone', (text) => {
    expect(mask(text)).toEqual({ text, sealed: {} });
  });

  it('keeps the first code beside the text, sealed', () => {
    expect(mask('第一个123456,第二个654321')).toEqual({
      text: '第一个[验证码],第二个[验证码]',
      sealed: { 'one-time-code': 'sealed(6)' },
    });
  });
});
