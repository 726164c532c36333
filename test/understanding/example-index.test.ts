import { createExampleIndex } from '../../src/understanding/example-index';
import { EMPTY_LEXICON } from '../../src/understanding/lexicon';

const index = createExampleIndex(
  [
    { text: '我家断网了', intent: 'fault' },
    { text: '查一下这个月的话费账单', intent: 'bill' },
    { text: '帮我取消彩铃业务', intent: 'vas' },
  ],
  EMPTY_LEXICON,
);

describe('what an example is like', () => {
  it('tells of a repeat, of a conflict and of one that is near, the most alike first', () => {
    expect(index.hintsOf({ text: '我家断网了！', intent: 'fault' })).toEqual([
      { type: 'repeats', text: '我家断网了', intent: 'fault' },
    ]);
    expect(index.hintsOf({ text: '我家断网了', intent: 'bill' })).toEqual([
      { type: 'conflicts', text: '我家断网了', intent: 'fault' },
    ]);
    expect(index.hintsOf({ text: '查一下上个月的话费账单', intent: 'fault' })[0]).toMatchObject({
      type: 'near',
      intent: 'bill',
    });
    expect(index.hintsOf({ text: '路由器多少钱', intent: 'fault' })).toEqual([]);
  });

  it('does not hold an example against itself', () => {
    expect(index.hintsOf({ text: '我家断网了', intent: 'fault' }, '我家断网了')).toEqual([]);
  });
});
