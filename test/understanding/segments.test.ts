import { segmentsOf } from '../../src/understanding/segments';

describe('parts of a message', () => {
  it.each([
    [
      '没网了,顺便查下账单',
      [
        ['没网了', false],
        ['查下账单', true],
      ],
    ],
    [
      '没网了 查下账单',
      [
        ['没网了', false],
        ['查下账单', false],
      ],
    ],
    [
      '没网了，另外，查下账单',
      [
        ['没网了', false],
        ['查下账单', true],
      ],
    ],
    [
      'my net is down. also check my bill',
      [
        ['my net is down', false],
        ['check my bill', true],
      ],
    ],
    ['501', []],
    ['', []],
  ])('of "%s" are what may be a concern', (text, parts) => {
    expect(segmentsOf(text).map(({ text: said, isCued }) => [said, isCued])).toEqual(parts);
  });
});
