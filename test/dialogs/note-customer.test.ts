import { advance, newDialogState } from '../../src/dialogs/advance';
import { needsCare } from '../../src/dialogs/note-customer';
import { context, dialogSet, meaning } from '../support/dialogs';

describe('words by which customers say that they need care', () => {
  it.each([
    '我今年七十多了，不太会弄',
    '我都82岁了',
    '我年纪大了慢慢说',
    '字太小看不清',
    '我眼睛不好',
    "I'm 78, please go slowly",
  ])('are heard: %s', (text) => expect(needsCare(text)).toBe(true));

  it.each([
    '我爸70多了不太会弄',
    '我要70兆的套餐',
    '我家住80号',
    '我今年用了三年',
    '我的80元话费没到账',
    'I am 7 km away',
  ])('are not read into: %s', (text) => expect(needsCare(text)).toBe(false));

  it('put the session into care mode', () => {
    const careOf = (text: string) =>
      advance(
        dialogSet({}, []),
        newDialogState('zh'),
        { type: 'utterance', understanding: meaning(text), hasAttachment: false },
        context,
      ).state.shared.careMode;
    expect(careOf('我都82岁了')).toBe(true);
    expect(careOf('我要办宽带')).toBeUndefined();
  });
});
