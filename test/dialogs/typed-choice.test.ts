import { newDialogState } from '../../src/dialogs/advance';
import { typedChoice } from '../../src/dialogs/typed-choice';

const asked = (...quickReplies: string[]) => ({
  ...newDialogState('zh'),
  lastReplies: [{ text: '哪一个？', quickReplies }],
});

describe('a typed number', () => {
  it.each(['2', ' 2 ', '２', '②', '2.', '2、', '2）'])(
    '%p means the choice that stands behind it',
    (text) => {
      expect(typedChoice(asked('上午', '下午'), text)).toBe('下午');
    },
  );

  it.each(['3', '0', '22', '2号楼', '第二个', '要2个', ''])('%p is what was typed', (text) => {
    expect(typedChoice(asked('上午', '下午'), text)).toBe(text);
  });

  it('means itself where nothing was offered', () => {
    expect(typedChoice(asked(), '2')).toBe('2');
    expect(typedChoice(null, '2')).toBe('2');
  });
});
