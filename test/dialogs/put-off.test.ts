import { putOffKind } from '../../src/dialogs/put-off';

const kindOf = (text: string) => putOffKind({ text, locale: /[a-z]{3}/.test(text) ? 'en' : 'zh' });

describe('words that put an answer off', () => {
  it.each([
    '等一下',
    '稍等我试试',
    '好的，等我找找',
    '我看看',
    '我去问一下',
    'hold on',
    'one moment please',
    'let me check',
  ])('%s: in a moment', (text) => {
    expect(kindOf(text)).toBe('wait');
  });

  it.each([
    '不在家',
    '我在上班',
    '晚上回去试',
    '等我回家再弄',
    '家里没人',
    '这会儿没空',
    "I'm at work right now",
    'nobody is home',
  ])('%s: at another time', (text) => {
    expect(kindOf(text)).toBe('away');
  });

  it.each([
    '我在家',
    '明天下午我在家',
    '师傅不在家怎么办',
    '看一下账单',
    '我看不到灯',
    '再试还是不行',
    "I'm home",
    'wait for the technician all day',
  ])('%s: neither', (text) => {
    expect(kindOf(text)).toBeNull();
  });
});
