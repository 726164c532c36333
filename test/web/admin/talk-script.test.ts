import { parse } from 'yaml';
import type { TalkTurn } from '../../../src/contract/content-talk';
import { parseConversations } from '../../../src/rehearsal/conversations';
import { addTalk, TRIED_TALKS } from '../../../src/web/admin/state/talk-script';

const turn = (part: Partial<TalkTurn>): TalkTurn => ({
  replies: [],
  intents: [],
  handoffs: [],
  calls: [],
  place: null,
  slots: {},
  ...part,
});
const said = (text: string) => ({ text, quickReplies: [] });

describe('a conversation that was tried', () => {
  const talk = {
    name: '报修: "光路断"',
    locale: 'zh' as const,
    lines: [
      { type: 'start' as const, dialog: 'fault-report' },
      { type: 'say' as const, text: '12' },
      { type: 'say' as const, text: '- 转人工: {{ x }}' },
    ],
    turns: [
      turn({
        replies: [said('请问是哪里，例如小区名')],
        place: { dialog: 'fault-report', step: 'ask-address' },
      }),
      turn({ replies: [said('12点前到'), said('查到了，结果：光路断')], calls: ['line.test'] }),
      turn({ handoffs: ['asked'] }),
    ],
  };

  it('is a scripted conversation that expects what it came to, without what may change', () => {
    const text = addTalk('', talk);
    const { conversations, problems } = parseConversations({ [TRIED_TALKS]: text });
    expect(problems).toEqual([]);
    expect(conversations[0]?.script).toMatchObject({
      name: '报修: "光路断"',
      lines: [
        { start: 'fault-report', step: 'fault-report/ask-address', replies: ['请问是哪里'] },
        { say: '12', step: 'none', replies: ['查到了'], calls: ['line.test'] },
        { say: '- 转人工: {{ x }}', step: 'none', handoff: 'asked' },
      ],
    });
  });

  it('is added after those that are there, which stay as they are written', () => {
    const before = '# 说明\n- name: first\n  lines: [{ say: 喂, step: none }]';
    const text = addTalk(before, talk);
    expect(text.startsWith(`${before}\n\n- `)).toBe(true);
    expect((parse(text) as { name: string }[]).map(({ name }) => name)).toEqual(['first', talk.name]);
  });
});
