import { pushText } from '../../../src/channels/app-push/mask-text';
import { findAddresses } from './addresses';

const text = (words: string, names: string[] = []) => pushText(words, names, findAddresses);

describe('the text of a push', () => {
  it.each([
    ['张师傅会给 13800138000 打电话', '张师傅会给 138****8000 打电话'],
    ['寄到 wang.fang@example.com 了', '寄到 *** 了'],
    ['身份证 110101199003074578 已收到', '身份证 [证件号] 已收到'],
    ['宽带账号 075512345678 已恢复', '宽带账号 0755****5678 已恢复'],
    ['合同号 88112233445 已生成', '合同号 *** 已生成'],
    ['验证码 123456', '验证码 [验证码]'],
    ['工单 F2611250000000A1 已派单', '工单 F2611250000000A1 已派单'],
    ['上门地址:幸福路 3 号', '上门地址:***'],
    ['第一行\n\n第二行\u200b。', '第一行 第二行。'],
  ])('of "%s" is "%s"', (words, shown) => {
    expect(text(words)).toBe(shown);
  });

  it('does not name the customer', () => {
    expect(text('王芳您好，王芳女士', ['王芳', ''])).toBe('***您好，***女士');
  });

  it('is at most 80 characters, none of them halved', () => {
    const shown = text('😀'.repeat(200));
    expect([...shown]).toHaveLength(80);
    expect(shown.endsWith('😀…')).toBe(true);
  });
});
