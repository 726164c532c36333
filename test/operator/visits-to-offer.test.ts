import { visitsToOffer } from '../../src/operator/visits-to-offer';

/** Hours on a Friday, from midnight on; Saturday begins at 24. */
const visits = (...hours: number[]) =>
  hours.map((hour) => ({ id: `v${hour}`, startAt: hour * 3600_000, endAt: (hour + 2) * 3600_000 }));
const idsFor = (wish: number | null, ...hours: number[]) =>
  visitsToOffer(visits(...hours), wish === null ? null : wish * 3600_000).map(({ id }) => id);

describe('visits that are offered', () => {
  it.each([
    ['the day that was wished for, rather than the evening before', 32, [16, 38, 40], ['v38', 'v40']],
    ['the nearest on both sides within the day', 39, [33, 38, 40], ['v38', 'v40']],
    ['the day before where there is nothing else near', 32, [16, 200], ['v16', 'v200']],
    ['one where there is one', 32, [33], ['v33']],
    ['all without a wish', null, [9, 11, 14], ['v9', 'v11', 'v14']],
  ])('are %s', (_what, wish, hours, expected) => {
    expect(idsFor(wish, ...hours)).toEqual(expected);
  });
});
