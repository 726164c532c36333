import { unknownFacts } from '../../../src/understanding/language-model/facts';
import { findUngrounded } from '../../../src/understanding/language-model/grounding';
import { readChineseNumeral } from '../../../src/understanding/language-model/numerals';

const PORT =
  '携号转网前要结清欠费，靓号和合约没到期的号码不能携转。发送短信CXXZ到运营商客服号可以查询资格，一般1个工作日内回复。携入后120天内不能再次携转。';
const RELOCATE =
  '宽带移机要提前三天预约，一百二十元一次，老人和残疾人不收费。周一到周五上门。移机当天请家里有人。';
const ROUTER =
  'Put the router in the middle of the flat, away from microwaves. Restart it once a month. The 5 GHz network is faster but does not pass walls well.';

describe('what an answer may say', () => {
  const good: [string, string[]][] = [
    ['携号转网前要先结清欠费。', [PORT]],
    ['合约没到期的号码不能携转。', [PORT]],
    ['携入后一百二十天内不能再次携转。', [PORT]],
    ['发送短信CXXZ可以查询携转资格，1个工作日内回复。', [PORT]],
    ['移机要提前3天预约，120元一次。', [RELOCATE]],
    ['Put the router in the middle of the flat and restart it once a month.', [ROUTER]],
    ['The 5 GHz network is faster but does not pass walls well.', [ROUTER]],
  ];
  it.each(good)('is what its sources say: %s', (sentence, sources) => {
    expect(findUngrounded(sentence, sources)).toBeNull();
  });

  const bad: [string, string, string[], string][] = [
    ['a price', '移机要提前三天预约，100元一次。', [RELOCATE], 'fact'],
    ['a price in Chinese numerals', '移机要提前三天预约，一百块一次。', [RELOCATE], 'fact'],
    ['a number with another unit', '移机要提前3小时预约。', [RELOCATE], 'fact'],
    ['another number of days', '携入后90天内不能再次携转。', [PORT], 'fact'],
    ['a shorter term in words', '携入后九十天内不能再次携转。', [PORT], 'fact'],
    ['half of a term', '携入后半年内不能再次携转。', [PORT], 'fact'],
    ['another weekday', '移机周六上门。', [RELOCATE], 'fact'],
    ['a promise', '我们保证携号转网前结清欠费就能携转。', [PORT], 'fact'],
    ['a gift with gaps', '携号转网结清欠费可以免 费携转。', [PORT], 'fact'],
    ['a price in the numerals of contracts', '移机壹佰元一次。', [RELOCATE], 'fact'],
    ['a promise in traditional characters', '我們保證結清欠費就能攜轉。', [PORT], 'fact'],
    ['a gift', '携号转网结清欠费可以免费携转。', [PORT], 'fact'],
    ['an act', '已为您办理携号转网，欠费结清。', [PORT], 'fact'],
    ['an act of its own', '我来帮您查询携转资格。', [PORT], 'fact'],
    ['a compensation', '移机没到场会赔偿您。', [RELOCATE], 'fact'],
    ['a day', '移机明天上门。', [RELOCATE], 'fact'],
    ['an address of the web', '携号转网查询资格请打开 cxzw.example.cn/login', [PORT], 'fact'],
    ['an account elsewhere', '携号转网查询资格加微信号: kefu8888', [PORT], 'fact'],
    ['the opposite, a "not" left out', '合约没到期的号码可以携转。', [PORT], 'negation'],
    ['the opposite, a "not" put in', '携号转网前不要结清欠费。', [PORT], 'negation'],
    ['an insult', '您真是太笨了这都不懂。', [PORT], 'unsupported'],
    ['another topic', '黄金价格上涨，现在买入正合适。', [PORT], 'unsupported'],
    ['nothing', '……', [PORT], 'unsupported'],
    ['a price in English', 'Restart the router once a month for nine yuan.', [ROUTER], 'fact'],
    ['a promise in English', 'We guarantee the router is faster.', [ROUTER], 'fact'],
    ['the opposite in English', 'The 5 GHz network does pass walls well.', [ROUTER], 'negation'],
    ['another topic in English', 'Buy gold now, prices always rise.', [ROUTER], 'unsupported'],
  ];
  it.each(bad)('is not %s', (_name, sentence, sources, reason) => {
    expect(findUngrounded(sentence, sources)).toBe(reason);
  });

  it('is not a fact of a source that it does not name', () => {
    expect(unknownFacts('120天', [RELOCATE])).toEqual(['120 day']);
    expect(unknownFacts('120天', [PORT])).toEqual([]);
  });

  const numerals: [string, number][] = [
    ['十', 10],
    ['十五', 15],
    ['二十', 20],
    ['一百二', 120],
    ['一百二十', 120],
    ['一百零二', 102],
    ['一千二', 1200],
    ['三零零', 300],
    ['两万', 20_000],
    ['两万五', 25_000],
    ['一万零八百', 10_800],
    ['九', 9],
  ];
  it.each(numerals)('reads %s as a number', (numeral, value) => {
    expect(readChineseNumeral(numeral)).toBe(value);
  });

  const same: [string, string][] = [
    ['三个工作日', '3 working days'],
    ['99元', '¥99'],
    ['九十九块', '99元'],
    ['百分之五十', '50%'],
    ['一个月', '1 month'],
    ['两小时', '2 hours'],
    ['十分钟', '10 minutes'],
    ['周三', 'Wednesday'],
    ['1,200元', '1200元'],
    ['3千元', '三千元'],
    ['三点五兆', '3.5M'],
    ['fifteen days', '15天'],
  ];
  it.each(same)('takes %s and %s for one fact', (a, b) => {
    expect(unknownFacts(a, [b])).toEqual([]);
  });
});
