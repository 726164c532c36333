import { maskQuestion } from '../../../src/turns/conversation/unanswered';
import { createUnderstand } from '../../../src/understanding/understand';
import { startConversation } from '../../support/conversation';

/** The real finders, and a classifier that knows nothing. */
const nothing = { version: '', recognize: () => ({ intents: [], candidates: [], isClose: false }) };
const understand = createUnderstand({ recognizer: nothing, timeZone: 'Asia/Shanghai' });
const masked = (text: string) => maskQuestion(text, understand(text, { now: 0, localeHint: 'zh' }).entities);

describe('a question that is kept', () => {
  it.each([
    ['我13800138000这个号能打月球吗', '我[电话]这个号能打月球吗'],
    ['鼓楼区中山路18号3栋2单元501能看极光吗', '[地址]能看极光吗'],
    ['我13800138000在鼓楼区中山路18号3栋2单元501能看极光吗', '我[电话]在[地址]能看极光吗'],
    ['发到 wang.fang@example.com 行吗', '发到 [邮箱] 行吗'],
    ['微信号wx_a1b2c3d4是谁', '微信号[账号]是谁'],
    ['卡号6222 0212 3456 7890怎么了', '卡号[数字]怎么了'],
    ['看 https://x.example/?phone=1 是什么', '看 [链接] 是什么'],
    ['96110 是什么', '96110 是什么'],
  ])('says nothing of the person: %s', (text, kept) => {
    expect(masked(text)).toBe(kept);
  });

  it('is recorded once a message that nothing understood, with language and channel', () => {
    const customer = startConversation();
    customer.say('月球上有没有信号塔');
    expect(customer.records('unanswered').map(({ value }) => value)).toEqual([
      { text: '月球上有没有信号塔', locale: 'zh', channel: 'web' },
    ]);
    customer.say('谢谢');
    expect(customer.records('unanswered')).toEqual([]);
  });
});
