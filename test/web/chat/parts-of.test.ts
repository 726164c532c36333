import fc from 'fast-check';
import { partsOf } from '../../../src/web/chat/parts-of';

const addressesIn = (text: string) =>
  partsOf(text)
    .filter(({ type }) => type === 'address')
    .map(({ text: address }) => address);

describe('the words of a line', () => {
  it.each([
    ['看 https://example.com/a。谢谢', ['https://example.com/a']],
    ['(see http://example.com/x?y=1#z).', ['http://example.com/x?y=1#z']],
    ['https://a.example,https://b.example', ['https://a.example,https://b.example']],
    ['javascript:alert(1) data:text/html,x ftp://x.example', []],
    ['JAVASCRIPT:https', []],
    ['没有地址', []],
  ])('finds only plain web addresses in %s', (text, addresses) => {
    expect(addressesIn(text)).toEqual(addresses);
  });

  it('finds the numbers of work orders, and none within a longer word', () => {
    const orders = (text: string) =>
      partsOf(text)
        .filter(({ type }) => type === 'order')
        .map((part) => part.text);
    expect(orders('报好了，单号 F261125YAJAVERW7，今天')).toEqual(['F261125YAJAVERW7']);
    expect(orders('XF261125YAJAVERW7 F261125YAJAVERW78 F26112')).toEqual([]);
    expect(orders('https://example.com/F261125YAJAVERW7')).toEqual([]);
  });

  it('loses and adds nothing, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('。', 'http://', ' '))),
        (pieces) => {
          const text = pieces.join('');
          expect(
            partsOf(text)
              .map((part) => part.text)
              .join(''),
          ).toBe(text);
          for (const address of addressesIn(text)) expect(address).toMatch(/^https?:\/\//);
        },
      ),
    );
  });
});
