import fc from 'fast-check';
import { type FoundSlot, readSlotId, slotIdOf } from '../../../src/operator/tmforum/slot-id';
import { SEED } from '../../support/size';

const slot: fc.Arbitrary<FoundSlot> = fc
  .record({
    kind: fc.constantFrom('repair' as const, 'install' as const),
    startAt: fc.nat(1e13),
    lengthMs: fc.integer({ min: 1, max: 1e8 }),
    address: fc.string({ unit: 'grapheme' }),
    timeSlotId: fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
  })
  .map(({ lengthMs, ...rest }) => ({ ...rest, endAt: rest.startAt + lengthMs }));

describe('the id of a free visit', () => {
  it('says all about it', () => {
    fc.assert(
      fc.property(slot, (each) => {
        expect(readSlotId(slotIdOf(each))).toEqual(each);
      }),
      { seed: SEED },
    );
  });

  it('is read from no other text', () => {
    const good = slotIdOf({ kind: 'repair', startAt: 1, endAt: 2, address: '人民路', timeSlotId: null });
    expect(readSlotId(good)).not.toBeNull();
    const bad = [
      'repair~2~1~~',
      'repair~01~2~~',
      'other~1~2~~',
      `${good}~`,
      `${good}=`,
      ` ${good}`,
      'repair~1~2~A~',
    ];
    for (const id of bad) expect(readSlotId(id)).toBeNull();
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readSlotId(text)).toBeNull();
      }),
      { seed: SEED },
    );
  });
});
