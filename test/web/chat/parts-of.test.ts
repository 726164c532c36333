import fc from 'fast-check';
import { partsOf } from '../../../src/web/chat/parts-of';

const addressesIn = (text: string) =>
  partsOf(text)
    .filter(({ isAddress }) => isAddress)
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
