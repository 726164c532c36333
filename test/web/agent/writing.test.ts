import type { CannedReply } from '../../../src/contract/canned-replies';
import { shortSpan, urgencyOf } from '../../../src/web/agent/state/countdown';
import { mentionsIn, picksAt, putIn } from '../../../src/web/agent/state/picks';
import { actionOf, actions, shortcuts } from '../../../src/web/agent/state/shortcuts';
import { speakValue } from '../../../src/web/agent/state/speak-value';
import { timelineOf } from '../../../src/web/agent/state/timeline';
import type { Line } from '../../../src/web/agent/state/types';

const reply = (id: string, shortcut: string, zh: string, isTeam = true): CannedReply => ({
  id,
  isTeam,
  shortcut,
  text: { zh, en: zh },
});
const known = {
  canned: [
    reply('1', 'order', '单号 {{order}}，{{promise}} 前。'),
    reply('2', 'look', '我去查'),
    reply('3', 'look', '我的说法', false),
  ],
  colleagues: [
    { id: 'w', name: '王', role: 'agent' as const },
    { id: 'wm', name: '王敏', role: 'agent' as const },
  ],
  values: { customer: null, agent: '李娜', order: 'F1', promise: null },
  locale: 'zh' as const,
};

describe('what is put in while somebody types', () => {
  it('is offered after a slash, an own reply in place of the team’s, with what is known filled in', () => {
    expect(picksAt('好的 /lo', false, known)?.picks.map(({ text }) => text)).toEqual(['我的说法']);
    expect(picksAt('/order', false, known)?.picks[0]).toMatchObject({
      text: '单号 F1，{{promise}} 前。',
      missing: ['promise'],
    });
    expect(picksAt('1/2', false, known)).toBeNull();
    expect(picksAt('/zzz', false, known)?.picks).toEqual([]);
  });

  it('takes the place of what was typed, and of nothing else', () => {
    expect(putIn('您好 /lo谢谢', 6, 3, '我去查')).toEqual({ text: '您好 我去查谢谢', caret: 6 });
  });

  it('names colleagues in notes only, and the longest name counts', () => {
    expect(picksAt('@王', false, known)).toBeNull();
    expect(picksAt('请看 @王', true, known)?.picks.map(({ text }) => text)).toEqual(['@王 ', '@王敏 ']);
    expect(mentionsIn('@王敏 请看', known.colleagues)).toEqual(['wm']);
    expect(mentionsIn('@王敏 @王 请看', known.colleagues)).toEqual(['wm', 'w']);
    expect(mentionsIn('王敏', known.colleagues)).toEqual([]);
  });
});

describe('countdowns', () => {
  it.each([
    [245_000, '4:05'],
    [0, '0:00'],
    [-61_000, '-1:01'],
    [3 * 3600_000 + 12 * 60_000, '3h12'],
    [5 * 24 * 3600_000, '5d'],
  ])('show %d ms as %s', (ms, shown) => expect(shortSpan(ms)).toBe(shown));
  it('warn two minutes before, and say when it is late', () => {
    expect([urgencyOf(200_000, 0), urgencyOf(120_000, 0), urgencyOf(1, 1)]).toEqual(['calm', 'soon', 'late']);
  });
});

describe('shortcuts', () => {
  const key = (code: string, more = {}) => ({
    code,
    key: code,
    altKey: true,
    ctrlKey: false,
    metaKey: false,
    isComposing: false,
    ...more,
  });
  it('are there for every action, no key twice', () => {
    expect(shortcuts.map(({ action }) => action).sort()).toEqual([...actions].sort());
    expect(new Set(shortcuts.map(({ code }) => code)).size).toBe(shortcuts.length);
  });
  it('leave to a field what is typed into it, and to an input method what it composes', () => {
    const question = key('Slash', { key: '?', altKey: false });
    expect([actionOf(question, false), actionOf(question, true)]).toEqual(['help', null]);
    expect(actionOf(key('KeyN'), true)).toBe('take-next');
    expect(actionOf(key('KeyN', { isComposing: true }), true)).toBeNull();
    expect(actionOf(key('KeyN', { ctrlKey: true }), false)).toBeNull();
  });
});

describe('the story of a conversation', () => {
  const line = (position: number, role: Line['from']['role'], at: number): Line => ({
    position,
    type: 'message',
    from: { role },
    text: `${position}`,
    timestamp: new Date(at).toISOString(),
  });
  const lines = [1, 2, 3, 4, 5, 6, 7].map((n) => line(n, n % 2 ? 'user' : 'bot', n * 1000));
  const note = { id: 'n', conversationId: 'a', at: 8500, by: { id: 'x', name: 'x' }, text: '', mentions: [] };
  const day = () => 'today';

  it('folds the bot’s part but for its last words', () => {
    const parts = { lines: [...lines, line(8, 'agent', 9000)], notes: [note], outgoing: [] };
    const { folded, entries } = timelineOf(parts, 8000, day);
    expect(folded).toBe(3);
    expect(entries.map(({ key }) => key)).toEqual(['dl4', 'l4', 'l5', 'l6', 'l7', 'nn', 'l8']);
    expect(timelineOf(parts, null, day).folded).toBe(0);
  });

  it('puts what is on its way last, and shows no events', () => {
    const message = { id: 'o', conversationId: 'a', text: '', at: 1, fault: null };
    const event = { ...line(9, 'bot', 1), type: 'event', text: undefined, event: 'order.status' };
    const { entries } = timelineOf(
      { lines: [event, line(1, 'user', 1)], notes: [], outgoing: [message] },
      null,
      day,
    );
    expect(entries.map(({ key }) => key)).toEqual(['dl1', 'l1', 'oo']);
  });
});

describe('what the bot knows, as people read it', () => {
  const speak = (value: unknown) => speakValue(value, (at) => `<${at}>`, 'zh');
  it.each([
    [{ verdict: 'low-light', rxPowerDbm: -31.2, speedMbps: 94 }, '弱光 · -31.2 dBm · 94 Mbps'],
    [{ full: '中山路18号', area: 'x' }, '中山路18号'],
    [{ light: 'los', colour: 'red', isBlinking: true }, 'LOS 闪红灯'],
    [{ zh: '没有', en: 'No' }, '没有'],
    [{ startAt: 1 }, '<1>'],
    [['a', 'b'], 'a、b'],
    [true, null],
    [0, null],
    [null, null],
    [{ unknown: {} }, null],
  ])('%j is %j', (value, shown) => expect(speak(value)).toBe(shown));
});
