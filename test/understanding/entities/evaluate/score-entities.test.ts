import { scoreEntities } from '../../../../src/understanding/entities/evaluate/score-entities';

const entity = (type: string, start: number, end: number) => ({ type, start, end, text: '', value: null });

describe('the score of entities', () => {
  const messages = [
    { text: '电话13800138000', entities: [{ type: 'phone', start: 2, end: 13 }] },
    { text: '周六下午来', entities: [{ type: 'datetime', start: 0, end: 4 }] },
    { text: '好的', entities: [] },
  ];

  it('counts exact offsets, and what is only reported', () => {
    const found = scoreEntities(messages, (text) =>
      text === '好的' ? [entity('phone', 0, 2)] : text.startsWith('电话') ? [entity('phone', 2, 13)] : [],
    );
    expect(found.kinds).toEqual([
      { type: 'datetime', expected: 1, found: 0, right: 0, exact: 0, precision: 1, recall: 0 },
      { type: 'phone', expected: 1, found: 2, right: 1, exact: 1, precision: 0.5, recall: 1 },
    ]);
    expect(found.all).toMatchObject({ precision: 0.5, recall: 0.5 });
    expect(found.mistakes).toEqual([
      { text: '周六下午来', missed: ['datetime 周六下午'], invented: [] },
      { text: '好的', missed: [], invented: ['phone 好的'] },
    ]);
  });

  it('takes a time that overlaps for right, and any other kind only with its very place', () => {
    const near = scoreEntities(messages, (text) =>
      text.startsWith('周六')
        ? [entity('datetime', 2, 5)]
        : text.startsWith('电话')
          ? [entity('phone', 3, 13)]
          : [],
    );
    expect(near.kinds.map(({ right, exact }) => [right, exact])).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });
});
