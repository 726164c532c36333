import { articleRows, dayOf, validityOf } from '../../../src/web/admin/state/article-rows';

describe('articles of a draft', () => {
  it("are told apart by the day on the operator's calendar", () => {
    const today = dayOf(Date.UTC(2026, 10, 28, 16, 30));
    expect(today).toBe('2026-11-29');
    expect(validityOf({}, today)).toBe('always');
    expect(validityOf({ until: '2026-11-29' }, today)).toBe('now');
    expect(validityOf({ until: '2026-11-28' }, today)).toBe('expired');
    expect(validityOf({ from: '2026-11-30' }, today)).toBe('later');
    expect(validityOf({ from: '2026-11-29' }, today)).toBe('now');
  });

  it('are listed by their files, with what is wrong with those that are none', () => {
    const rows = articleRows({
      'dialogs/knowledge/b.md': 'no article',
      'dialogs/knowledge/no-answer.yaml': 'zh: []',
      'dialogs/praise.yaml': 'id: praise',
    });
    expect(rows).toEqual([
      {
        id: 'b',
        path: 'dialogs/knowledge/b.md',
        article: null,
        problems: [expect.objectContaining({ message: 'the front matter is missing' })],
      },
    ]);
  });
});
