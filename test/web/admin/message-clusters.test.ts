import { clusterMessages, exampleOf } from '../../../src/web/admin/state/message-clusters';

const message = (text: string, count = 1, chosen: string | null = null) => ({
  key: text,
  text,
  locale: 'zh',
  count,
  lastAt: 0,
  chosen,
  understood: null,
  filed: null,
});

describe('messages that were not understood', () => {
  it('are put together by what they have in common, the most frequent first', () => {
    const clusters = clusterMessages([
      message('电视投屏投不上去', 3),
      message('宽带能不能暂停几个月', 2, 'suspend-resume'),
      message('手机投屏投不上去了', 2),
      message('我想宽带暂停几个月', 1, 'suspend-resume'),
      message('你好漂亮', 1),
    ]);
    expect(clusters.map(({ count, chosen, messages }) => [count, chosen, messages.length])).toEqual([
      [5, null, 2],
      [3, 'suspend-resume', 2],
      [1, null, 1],
    ]);
  });

  it('are neither like each other nor taught by what was masked', () => {
    expect(clusterMessages([message('[电话]打不通'), message('[电话]是谁的')])).toHaveLength(2);
    expect(exampleOf('我家在[地址] 网断了')).toBe('我家在 网断了');
    expect(exampleOf('[电话]')).toBe('');
  });

  it('say what most of them were taken for, and under what they were filed', () => {
    const filed = { zh: '装机移机 · 已下单', en: 'Installation · Ordered' };
    const wrong = { ...message('宽带怎么还没弄好', 2), understood: 'fault-no-internet' };
    expect(
      clusterMessages([wrong, { ...message('宽带怎么没弄好'), understood: 'order-progress', filed }]),
    ).toMatchObject([{ understood: 'fault-no-internet', filed, chosen: null, count: 3 }]);
  });

  it('of one character or none stay by themselves', () => {
    expect(clusterMessages([message('啊'), message('哦'), message('…')])).toHaveLength(3);
    expect(clusterMessages([])).toEqual([]);
  });
});
