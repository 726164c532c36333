import { createRecognizer, trainModel } from '../../src/understanding/recognizer';
import { readModel, writeModel } from '../../src/understanding/store-model';
import {
  answerIntents,
  contentHash,
  shippedExamples,
  shippedIntents,
  shippedTraining,
} from '../support/intents';
import { reportFigure } from '../support/size';

describe('the shipped intents', () => {
  const began = performance.now();
  const model = trainModel(shippedTraining, contentHash);
  const seconds = (performance.now() - began) / 1000;
  const recognizer = createRecognizer(model, { answerIntents });
  const top = (text: string) => recognizer.recognize(text).intents.map(({ intent }) => intent);

  it('load without a problem, each with 40 examples in Chinese and 25 in English', () => {
    expect(shippedIntents.problems).toEqual([]);
    const poor = shippedIntents.intents.filter(
      ({ examples }) => examples.zh.length < 40 || examples.en.length < 25,
    );
    expect(poor.map(({ id }) => id)).toEqual([]);
  });

  it('are told apart on held-out examples at least at the measured rate', () => {
    const { accuracy, kept, refused } = model.calibration;
    reportFigure('intents: accuracy on held-out examples', accuracy);
    reportFigure('intents: kept and right / strangers refused at the threshold', `${kept} / ${refused}`);
    reportFigure('intents: seconds to train and calibrate', seconds.toFixed(1));
    expect(accuracy).toBeGreaterThan(0.7);
  });

  it('find the same in a model that was stored and read again', () => {
    const again = createRecognizer(readModel(writeModel(model)), { answerIntents });
    for (const { text } of shippedExamples.slice(0, 200)) {
      expect(again.recognize(text)).toEqual(recognizer.recognize(text));
    }
  });

  it.each([
    ['家里宽带断网了,光猫红灯闪', ['fault-no-internet']],
    ['不要取消预约', []],
    ['please do not cancel my appointment', []],
    ['你好，我家wifi信号特别差', ['fault-wifi']],
  ])('"%s" means %j', (text, intents) => {
    expect(top(text)).toEqual(intents);
  });

  it.each(['', '。。。', '👍👍', '778899', '\u0000'])('nothing is found in %j', (text) => {
    expect(top(text)).toEqual([]);
  });

  it('takes a further concern that is announced sooner than one that only sounds like it', () => {
    expect(top('TMD又断了 这个月第几次了')).toEqual(['fault-no-internet']);
    expect(top('帮我查下话费,再就是家里网慢')).toEqual(['bill-query', 'fault-slow-speed']);
  });

  it('reads pinyin of several words', () => {
    expect(recognizer.recognize('wo jia de wang duan le').candidates[0]?.intent).toBe('fault-no-internet');
  });

  it('takes several concerns in their order', () => {
    expect(top('我要投诉你们乱扣费，顺便帮我查一下上个月的账单')).toEqual(['complaint-file', 'bill-query']);
  });
});
