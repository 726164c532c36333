import { findGrievance } from '../../src/understanding/grievance';

const found = (text: string) => {
  const { isAngry = false, isRepeated = false, isBroken = false } = findGrievance(text) ?? {};
  return [isAngry && 'angry', isRepeated && 'again', isBroken && 'broken'].filter(Boolean).join(' ');
};

describe('what a message tells of anger and of trouble that came again', () => {
  it.each([
    ['你们真垃圾 这个月第三次了', 'angry again'],
    ['你們真垃圾，這個月第三次了', 'angry again'],
    ['三天两头出问题 到底管不管', 'angry again broken'],
    ['又断了 服了你们', 'angry again broken'],
    ['修了好几次', 'again broken'],
    ['气死人了', 'angry'],
    ['什么破网', 'angry'],
    ['你们客服真没用', 'angry'],
    ['you guys are useless, third time this month', 'angry again'],
    ['THE FOURTH BLOODY TIME IT BROKE', 'again broken'],
    ['im so sick of this, keeps dropping', 'angry again broken'],
    ['nobody even cares', 'angry'],
    ['it broke down again', 'again broken'],
    ['what do i pay you for', 'angry'],
  ])('%s: %s', (text, sounds) => {
    expect(found(text)).toBe(sounds);
  });

  it.each([
    '家里断网了',
    '老是收到垃圾短信',
    '垃圾电话太多怎么办',
    '我想装宽带',
    '重启没用',
    '第二个',
    '一次性付清可以吗',
    'terrible signal in the basement',
    'what do i need for an installation',
    'can you check my bill',
    'tell me a joke',
  ])('%s: neither', (text) => {
    expect(found(text)).toBe('');
  });
});
