import { areaUnderRoc, crossValidate, evaluate } from '../../src/understanding/evaluate';
import { shippedTraining } from '../support/intents';

const small = {
  lexicon: shippedTraining.lexicon,
  examples: shippedTraining.examples.filter(({ intent }) =>
    ['fault-tv', 'bill-query', 'greet', 'oos'].includes(intent),
  ),
};

describe('the evaluation', () => {
  it('measures the area under the ROC curve by ranks', () => {
    expect(areaUnderRoc([3, 4], [1, 2])).toBe(1);
    expect(areaUnderRoc([1, 2], [3, 4])).toBe(0);
    expect(areaUnderRoc([1], [1])).toBe(0.5);
    expect(areaUnderRoc([1], [])).toBeNull();
  });

  it('counts what is right, what is refused and what is mixed up', () => {
    const found = evaluate(small, [
      { text: '电视没信号了看不了', intent: 'fault-tv' },
      { text: '查一下上个月的账单', intent: 'bill-query' },
      { text: '查一下上个月的账单明细', intent: 'fault-tv' },
      { text: '今天天气怎么样', intent: 'oos' },
    ]);
    expect(found.accuracy).toBeCloseTo(2 / 3);
    expect(found.oosRecall).toBe(1);
    expect(found.confused).toEqual([{ intent: 'fault-tv', as: 'bill-query', count: 1 }]);
    expect(found.worst.map(({ intent }) => intent).sort()).toEqual(['bill-query', 'fault-tv']);
    expect(found.wrongAccepted).toBeCloseTo(1 / 4);
    expect(found.modelBytes).toBeGreaterThan(1000);
  });

  it('cross-validates with every fold tested on the strangers that are given', () => {
    const found = crossValidate(small, { strangers: [{ text: '帮我订一张飞机票', intent: 'oos' }] });
    expect(found.accuracy).toBeGreaterThan(0.85);
    expect(found.oosRecall).toBeGreaterThan(0.5);
  });
});
