import { findTimes } from '../../../../src/understanding/entities/times/find-times';

/** 24 November 2026, 10:00 in Shanghai: a Tuesday. */
const NOW = Date.UTC(2026, 10, 24, 2);
const ZONE = 'Asia/Shanghai';
const at = (day: number, hour: number, minute = 0, month = 11) =>
  Date.UTC(2026, month - 1, day, hour - 8, minute);
const valuesAt = (text: string, now = NOW) => findTimes(text, now, ZONE).map(({ value }) => value);

describe('times', () => {
  it.each([
    ['明天下午四点以后', at(25, 16), null, 960],
    ['周六上午', at(28, 8), at(28, 12), 480],
    ['下午都行，周六', at(28, 12), at(28, 18), 720],
    ['上午吧后天', at(26, 8), at(26, 12), 480],
    ['周六吧，下午两点以后', at(28, 14), null, 840],
    ['下午3点', at(24, 15), null, 900],
    ['周六下午三点到五点', at(28, 15), at(28, 17), 900],
    ['明天9点-11点', at(25, 9), at(25, 11), 540],
    ['上午十点半', at(24, 10, 30), null, 630],
    ['明天三点一刻', at(25, 15, 15), null, 915],
    ['今晚八点', at(24, 20), null, 1200],
    ['晚上十二点', at(25, 0), null, 0],
    ['明天中午', at(25, 12), at(25, 14), 720],
    ['下班以后', at(24, 18), at(24, 21), 1080],
    ['明天下班后', at(25, 18), at(25, 21), 1080],
    ['晚饭后', at(24, 19), at(24, 21), 1140],
    ['大后天', at(27, 0), at(28, 0), null],
    ['三天后', at(27, 0), at(28, 0), null],
    ['两周以后', at(8, 0, 0, 12), at(9, 0, 0, 12), null],
    ['半小时后', at(24, 10, 30), null, 630],
    ['两个半小时以后', at(24, 12, 30), null, 750],
    ['28号', at(28, 0), at(29, 0), null],
    ['28号上午', at(28, 8), at(28, 12), 480],
    ['3号上午', at(3, 8, 0, 12), at(3, 12, 0, 12), 480],
    ['十二月五号', at(5, 0, 0, 12), at(6, 0, 0, 12), null],
    ['12/3下午', at(3, 12, 0, 12), at(3, 18, 0, 12), 720],
    ['周二', at(24, 0), at(25, 0), null],
    ['周一', at(30, 0), at(31, 0), null],
    ['下周一', at(30, 0), at(31, 0), null],
    ['下下周一', at(37, 0), at(38, 0), null],
    ['周一到周五', at(30, 0), at(35, 0), null],
    ['这周末', at(28, 0), at(30, 0), null],
    ['月底', at(27, 0), at(31, 0), null],
    ['听日下昼', at(25, 12), at(25, 18), 720],
    ['今晚9点前', NOW, at(24, 21), null],
    ['tomorrow at 3pm', at(25, 15), null, 900],
    ['Saturday morning', at(28, 8), at(28, 12), 480],
  ])('reads "%s" in the zone of the operator', (text, startAt, endAt, minute) => {
    expect(valuesAt(text)).toEqual([{ startAt, endAt, minute }]);
  });

  it.each([
    ['昨天下午开始断的', at(23, 12)],
    ['从上周五就没网', at(20, 0)],
    ['20号开始断的', at(20, 0)],
    ['周一就断了', at(23, 0)],
    ['11月20号', at(20, 0)],
  ])('finds the past in "%s"', (text, startAt) => {
    expect(valuesAt(text)).toMatchObject([{ startAt }]);
  });

  it('keeps a part of the day apart from a day that has its own, or is another matter', () => {
    expect(valuesAt('下午可以，周六上午也行')).toMatchObject([
      { startAt: at(24, 12) },
      { startAt: at(28, 8) },
    ]);
    expect(valuesAt('下午，周六不在')).toMatchObject([{ startAt: at(24, 12) }, { startAt: at(28, 0) }]);
  });

  it('takes the next hour of that name, by day where nothing else is said', () => {
    expect(valuesAt('四点')).toMatchObject([{ startAt: at(24, 16) }]);
    expect(valuesAt('四点', at(24, 22))).toMatchObject([{ startAt: at(25, 4) }]);
    expect(valuesAt('早上', at(24, 15))).toMatchObject([{ startAt: at(25, 8) }]);
  });

  it.each([
    '一点信号都没有',
    '有点卡',
    '等了一下午',
    '除了周三都行',
    '早上好',
    '一天到晚断',
    '18号3栋',
    '3号楼',
    '宽带断了',
    '2月30号',
    '192.168.1.1',
    '',
  ])('finds none in "%s"', (text) => expect(findTimes(text, NOW, ZONE)).toEqual([]));
});
