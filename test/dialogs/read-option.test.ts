import fc from 'fast-check';
import { readOption, readOrdinal } from '../../src/dialogs/read-option';
import { chooseStepSchema } from '../../src/dialogs/schema';
import { startCpuTimer } from '../support/cpu-time';
import { meaning } from '../support/dialogs';
import { SEED } from '../support/size';

const step = chooseStepSchema.parse({
  id: 'fibre',
  type: 'choose',
  slot: 'fibre',
  prompt: { zh: '松吗', en: 'Loose?' },
  options: [
    { value: 'fine', label: { zh: '没有', en: 'No' }, words: ['正常'], intents: ['deny'] },
    {
      value: 'loose',
      label: { zh: '有松动', en: 'It is loose' },
      words: ['松', 'loose', 'bent'],
      intents: ['affirm'],
    },
    { value: 'unsure', label: { zh: '不敢动', en: 'Not sure' }, words: ['不敢', '怕'] },
  ],
  next: 'over',
});
const read = (text: string, intent?: string) =>
  readOption(step, meaning(text, {}, intent), ['没有', '有松动', '不敢动']);

describe('options', () => {
  it.each([
    ['没有松动', 'fine'],
    ['有松动', 'loose'],
    ['松了一点', 'loose'],
    ['没松', 'fine'],
    ['冇松', 'fine'],
    ['莫得松', 'fine'],
    ['我有点怕', 'unsure'],
    ['it is not loose', 'fine'],
    ['yes it is bent', 'loose'],
    ['bentley', null],
    ['随便说说', null],
  ])('"%s" means %s', (text, value) => expect(read(text)).toBe(value));

  it('are meant by an intent that stands for them, when no word decides', () => {
    expect(read('嗯', 'affirm')).toBe('loose');
    expect(read('正常', 'affirm')).toBe('fine');
  });

  it.each([
    ['好', 'yes'],
    ['好的呀，麻烦了', 'yes'],
    ['嗯，对对对', 'yes'],
    ['行吧就这样', 'yes'],
    ['是的', 'yes'],
    ['我好像点错了', null],
    ['可是我还没想清楚', null],
    ['你好', null],
    ['好不好用啊', null],
    ['是不是要收钱？', null],
    ['银行卡扣的钱怎么办', null],
    ['对方说的不算', null],
    ['不好', 'no'],
  ])('that are one character mean yes only by themselves: "%s" is %s', (text, value) => {
    const confirm = chooseStepSchema.parse({
      ...step,
      options: [
        { value: 'yes', label: { zh: '确认', en: 'Confirm' }, words: ['好', '是', '对', '行'] },
        { value: 'no', label: { zh: '先不办', en: 'Not now' }, words: ['不好', '不行'] },
      ],
    });
    expect(readOption(confirm, meaning(text), ['确认', '先不办'])).toBe(value);
  });

  it('beyond the last are none', () => {
    expect(
      readOption({ ...step, options: step.options.slice(0, 2) }, meaning('3'), ['没有', '有松动']),
    ).toBeNull();
  });
});

describe('numbers of options', () => {
  it.each([
    ['1', 1],
    ['２', 2],
    ['③', 3],
    ['第二个', 2],
    ['选三', 3],
    ['我要第一个吧', 1],
    ['要得,头一个嘛', 1],
    ['最后一个', 3],
    ['the second one', 2],
    ['option 2', 2],
    ['2.', 2],
    ['12', null],
    ['一个人', null],
    ['两点', null],
    ['', null],
  ])('"%s" is %s', (text, ordinal) => expect(readOrdinal(text)).toBe(ordinal));

  it('are read from any text without throwing, in time that grows with its length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const ordinal = readOrdinal(text);
        expect(ordinal === null || (ordinal >= 1 && ordinal <= 3)).toBe(true);
      }),
      { seed: SEED },
    );
    // A pattern that grows with the square of the length would take minutes.
    const cpuMs = startCpuTimer();
    readOrdinal(`${'那嗯好就我选'.repeat(20_000)}x`);
    expect(cpuMs()).toBeLessThan(2000);
  });
});
