import { readReplyPaste, replyFault, unknownVariables } from '../../../src/web/admin/state/reply-paste';

const TEAM = [
  { id: '1', isTeam: true, shortcut: 'hi', text: { zh: '您好', en: 'Hello' } },
  { id: '2', isTeam: false, shortcut: 'bye', text: { zh: '再见', en: 'Bye' } },
];

describe('replies pasted from a spreadsheet', () => {
  it('are new, changed or the same, by their shortcut among those of the team', () => {
    const cells = '快捷词\t中文\t英文\nhi\t您好！\tHello!\nbye\t再见\tBye\nhi-2\t"您好\n请稍等"\tHello';
    expect(readReplyPaste(cells, TEAM)).toEqual({
      writes: [
        { id: '1', shortcut: 'hi', text: { zh: '您好！', en: 'Hello!' } },
        { id: null, shortcut: 'bye', text: { zh: '再见', en: 'Bye' } },
        { id: null, shortcut: 'hi-2', text: { zh: '您好 请稍等', en: 'Hello' } },
      ],
      same: 0,
      faults: [],
    });
    expect(readReplyPaste('hi\t您好\tHello', TEAM)).toEqual({ writes: [], same: 1, faults: [] });
  });

  it('are refused one by one when they are none', () => {
    const long = '长'.repeat(501);
    const cells = `a b\t中\ten\nno-english\t中\nlong\t${long}\ten\nx\t中\ten\nx\t文\ten`;
    const { writes, faults } = readReplyPaste(cells, TEAM);
    expect(faults.map(({ why }) => why)).toEqual(['shortcut', 'text', 'text', 'twice']);
    expect(writes.map(({ shortcut }) => shortcut)).toEqual(['x']);
  });
});

describe('a reply', () => {
  it('has a shortcut and a text in both languages', () => {
    expect(replyFault({ shortcut: '你好', text: { zh: '您好', en: 'Hello' } })).toBeNull();
    expect(replyFault({ shortcut: '', text: { zh: '您好', en: 'Hello' } })).toBe('shortcut');
    expect(replyFault({ shortcut: 'hi', text: { zh: '您好', en: ' ' } })).toBe('text');
  });

  it('names only what can be filled in', () => {
    const text = { zh: '{{customer}}您好，{{ 单号 }}', en: '{{order}} {{constructor}} {{order}}' };
    expect(unknownVariables(text)).toEqual(['单号', 'constructor']);
  });
});
