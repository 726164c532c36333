import { clusterMessages, createExampleIndex } from '../../src/understanding/example-index';
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

  it('names the intent that is nearest, or none', () => {
    expect(index.nearest('取消彩铃')?.intent).toBe('vas');
    expect(index.nearest('今天天气')).toBeNull();
  });

  it('puts messages that mean the same together, under the first', () => {
    const texts = ['5G覆盖哪些地方', '5G覆盖了哪些地方', '营业厅几点开门', '营业厅几点开门啊', '谢谢老板'];
    const clusters = clusterMessages(
      texts.map((text) => ({ text })),
      EMPTY_LEXICON,
    );
    expect(clusters.map(({ messages }) => messages.map(({ text }) => text))).toEqual([
      texts.slice(0, 2),
      texts.slice(2, 4),
      texts.slice(4),
    ]);
  });
});
