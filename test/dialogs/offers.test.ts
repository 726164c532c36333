import { newDialogState } from '../../src/dialogs/advance';
import { loadDialogs } from '../../src/dialogs/load';
import { askPurpose } from '../../src/dialogs/offers';
import { newTurn } from '../../src/dialogs/turn';
import { context, meaning } from '../support/dialogs';
import { shippedKnowledge } from '../support/knowledge';

const { dialogs: set } = shippedKnowledge();
const phone = { type: 'phone', text: '13800138000', start: 0, end: 11, value: '13800138000' };

const asked = (text: string) => {
  const start = text.indexOf(phone.text);
  const turn = newTurn(set, newDialogState('zh'), context);
  const entities = start < 0 ? [] : [{ ...phone, start, end: start + phone.text.length }];
  return { isAsked: askPurpose(turn, { ...meaning(text), entities }), turn };
};

describe('a fact that is all that is said', () => {
  it.each([
    '13800138000',
    '我的手机号是13800138000',
    'my number is 13800138000',
    '帮我查一下：13800138000。',
  ])('%s is asked about', (text) => {
    const { isAsked, turn } = asked(text);
    expect(isAsked).toBe(true);
    expect(turn.replies).toHaveLength(1);
    expect(turn.effects).toEqual([]);
  });

  it.each(['解绑13800138000', '家里没网 13800138000', '你好'])('%s says more, or none', (text) => {
    expect(asked(text).isAsked).toBe(false);
  });

  it('keeps no secret', () => {
    const turn = newTurn(set, newDialogState('zh'), context);
    const code = { type: 'one-time-code', text: '246810', start: 0, end: 6, value: 'sealed' };
    expect(askPurpose(turn, { ...meaning('246810'), entities: [code] })).toBe(false);
    expect(turn.state.clarifying).toBeNull();
  });

  it('is offered to three dialogs at the most, for intents that are theirs', () => {
    const dialog = (id: string) =>
      `id: ${id}\nname: { zh: 甲, en: a }\nofferedFor: { phone: { intent: x, label: { zh: 甲, en: a } } }\nsteps: [{ id: over, type: end }]\n`;
    const files = Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [`${id}.yaml`, dialog(id)]));
    const { problems } = loadDialogs({ files, intentNames: new Map() });
    const messages = problems.map(({ message }) => message);
    expect(messages).toContain('more than 3 dialogs are offered for it');
    expect(messages).toContain('"x" does not open this dialog');
  });
});
