import { parseConversations } from '../../src/rehearsal/conversations';
import type { PastConversation } from '../../src/rehearsal/past';
import { rehearse } from '../../src/rehearsal/rehearse';
import { replay } from '../../src/rehearsal/replay';
import { hour, loadTiny, understandTiny } from './tiny';

const outcomes = 'stock.check:\n  none: { isThere: false }\n';
const script = (lines: string) => `- name: opening\n  lines:\n${lines}`;
const filesOf = (text: string) => ({
  'dialogs/conversations/shop.yaml': text,
  'dialogs/conversations/outcomes.yaml': outcomes,
  'dialogs/shop.yaml': 'not read here',
});

describe('parseConversations', () => {
  it('names every problem with its file and line', () => {
    const { problems, conversations } = parseConversations(filesOf('- name: x\n  lines:\n    - sya: 你好\n'));
    expect(conversations).toEqual([]);
    expect(problems).toMatchObject([{ file: 'dialogs/conversations/shop.yaml', line: 3 }]);
  });
});

describe('rehearse', () => {
  const stage = loadTiny();
  const play = (lines: string) => rehearse(stage, parseConversations(filesOf(script(lines))));

  it('plays conversations and names the dialogs that none comes to', () => {
    const found = play(
      '    - { say: 开门吗, step: shop/day, replies: [哪天] }\n    - { say: 周一, step: none }\n',
    );
    expect(found).toEqual({ played: 1, failed: [], untried: ['lost'] });
  });

  it('says of each line what should have come and what did', () => {
    const { failed } = play('    - { say: 开门吗, step: shop/hour }\n    - { say: 周一, replies: [明年] }\n');
    expect(failed).toMatchObject([
      {
        file: 'shop.yaml',
        name: 'opening',
        problems: [
          {
            line: 1,
            said: '开门吗',
            problem: { type: 'differs', what: 'step', name: null, wanted: '"shop/hour"', got: '"shop/day"' },
          },
          { line: 2, said: '周一', problem: { type: 'missing', piece: '明年' } },
        ],
      },
    ]);
  });

  it('takes what cannot be played for a problem of its line', () => {
    const { failed } = play('    - { result: ok }\n');
    expect(failed[0]?.problems).toEqual([{ line: 1, said: '{"result":"ok"}', problem: { type: 'no-call' } }]);
  });
});

describe('replay', () => {
  const before = loadTiny();
  const said = (id: string, ...texts: string[]): PastConversation => ({
    id,
    channel: 'web',
    locale: 'zh',
    startedAt: Date.UTC(2026, 10, 24, 2),
    messages: texts.map((text) => ({ text, hasAttachment: false, afterMs: 5000 })),
  });
  const past = [said('a', '开门吗', '周一'), said('b', '开门吗', '周二')];
  const against = (after: ReturnType<typeof loadTiny>) => replay({ before, after }, {}, past);

  it('finds nothing between a version and itself', () => {
    expect(against(before)).toEqual([]);
  });

  it('shows other words at the step that says them, once for each conversation', () => {
    const found = against(loadTiny((text) => text.replace('好的，到时见。', '那天见。')));
    expect(found.map(({ conversation, line, cause }) => [conversation, line, cause])).toEqual([
      ['a', 2, 'words of shop/done'],
      ['b', 2, 'words of shop/done'],
    ]);
    expect(found[0]?.before.replies).toEqual(['好的，到时见。']);
    expect(found[0]?.after.replies).toEqual(['那天见。']);
  });

  it('shows another way by the step at which it parts', () => {
    const found = against(loadTiny((text) => text.replace('next: done\n', `next: hour\n${hour}`)));
    expect(found.map(({ cause }) => cause)).toEqual([
      'step shop/done → shop/hour',
      'step shop/done → shop/hour',
    ]);
  });

  it('shows another understanding by the intents', () => {
    const after = { ...before, understand: understandTiny({ 开门吗: 'lost' }) };
    const [first] = against(after);
    expect(first).toMatchObject({ line: 1, cause: 'intent shop → lost' });
  });
});
