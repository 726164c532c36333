import { createFindEntities } from '../../../src/understanding/entities/find-entities';

/** 24 November 2026, 10:00 in Shanghai. */
const NOW = Date.UTC(2026, 10, 24, 2);
const find = createFindEntities({}, 'Asia/Shanghai');

/** The reasons for one kind, each with how many characters it is off. */
const missesOf = (text: string, type: string) =>
  find(text, NOW).nearMisses.flatMap((miss) => (miss.type === type ? [[miss.reason, miss.off ?? null]] : []));

describe('near misses', () => {
  it.each([
    ['phone', '1391234567', 'too-short', 1],
    ['phone', '１３９１２３４５６７', 'too-short', 1],
    ['phone', '138-0013-800', 'too-short', 1],
    ['phone', '我的电话是13800', 'too-short', 6],
    ['phone', '139123456789', 'too-long', 1],
    ['phone', '12812345678', 'no-such-prefix', null],
    ['phone', '84567890', 'no-area-code', null],
    ['phone', '8456789', 'no-area-code', null],
    ['order-number', 'F2611240ABCD1234', 'check', null],
    ['order-number', 'F2611240ABCD12', 'too-short', 2],
    ['order-number', 'F2611240ABCD12399', 'too-long', 1],
    ['order-number', 'X2611240ABCD1239', 'no-kind', null],
    ['order-number', '2611240ABCD1239', 'no-kind', null],
    ['order-number', '1234567', 'no-kind', null],
    ['order-number', 'F2613240ABCD1239', 'no-such-day', null],
    ['broadband-account', '账号 12345', 'too-short', null],
    ['broadband-account', 'nj', 'too-short', null],
    ['id-card', '110105194912310021', 'check', null],
    ['id-card', '110105194913310021', 'birth-date', null],
    ['id-card', '110105203001010021', 'birth-date', null],
    ['id-card', '99010519491231002X', 'region', null],
    ['id-card', '11010519491231002', 'wrong-length', 1],
    ['datetime', '2月30号', 'no-such-day', null],
    ['datetime', '13月5号上午', 'no-such-day', null],
    ['datetime', '周八', 'no-such-day', null],
    ['datetime', '32号', 'no-such-day', null],
    ['datetime', '明天25点', 'no-such-hour', null],
    ['one-time-code', '12345', 'wrong-length', 1],
    ['one-time-code', '验证码是1234567', 'wrong-length', 1],
    ['one-time-code', '12 34 56', 'spaced', null],
  ] as const)('of a %s in "%s": %s', (type, text, reason, off) => {
    expect(missesOf(text, type)).toEqual([[reason, off]]);
  });

  it.each([
    ['phone', '13912345678'],
    ['phone', '025-84567890'],
    ['phone', '打10086没人接'],
    ['phone', '192.168.1.1打不开'],
    ['order-number', 'F2611240ABCD1239'],
    ['order-number', '电话13912345678'],
    ['id-card', '11010519491231002X'],
    ['datetime', '2月29号'],
    ['datetime', '12点'],
    ['datetime', '除了一周八次'],
    ['one-time-code', '中山路12号'],
  ])('are none of a %s in "%s"', (type, text) => expect(missesOf(text, type)).toEqual([]));
});
