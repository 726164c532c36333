import type { Entity } from '../../../src/contract/understanding';
import { slotSchema } from '../../../src/dialogs/schema';
import { denied, patchedNumber } from '../../../src/dialogs/slots/said-otherwise';

const name = { zh: '号码', en: 'number' };
const slots = {
  phone: slotSchema.parse({ name, entity: 'phone' }),
  order: slotSchema.parse({ name, entity: 'order-number' }),
};
const patched = (text: string, phone = '13812345678') =>
  patchedNumber(text, { phone, order: 'F261123A1B2C3D4M' }, slots)?.value ?? null;

describe('what is said otherwise', () => {
  it.each([
    ['不是138,是139', '13912345678'],
    ['不是138是139', '13912345678'],
    ['是139不是138', '13912345678'],
    ['尾号不是5678，是5679', '13812345679'],
    ['5678改成5679', '13812345679'],
    ['not 138 but 139', '13912345678'],
    ['139, not 138', '13912345678'],
  ])('"%s" changes that part of a number', (text, value) => expect(patched(text)).toBe(value));

  it.each([['不是3栋是5栋'], ['不是137是139'], ['不是13是1399'], ['不是A1B是A1C'], ['500兆']])(
    '"%s" changes no number',
    (text) => expect(patched(text)).toBeNull(),
  );

  it('leaves a part alone that stands in the number twice', () => {
    expect(patched('不是56是57', '13856785678')).toBeNull();
  });

  it('takes back what is denied only where another of its kind is named', () => {
    const at = (text: string, words: string): Entity => {
      const start = text.indexOf(words);
      return { type: 'phone', text: words, start, end: start + words.length, value: words };
    };
    const text = '打13700001111，别打13912345678';
    const [good, bad] = [at(text, '13700001111'), at(text, '13912345678')];
    expect([good, bad].map((one) => denied(text, one, [good, bad]))).toEqual([false, true]);
    expect(denied(text, bad, [bad])).toBe(false);
  });
});
