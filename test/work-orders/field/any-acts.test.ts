import fc from 'fast-check';
import type { FieldAct } from '../../../src/contract/field';
import type { Database } from '../../../src/records/database';
import { openTestDatabase } from '../../support/orders';
import { SEED, size } from '../../support/size';
import { AT, createFieldOrders, good, li, MINUTE, wang } from './field-orders';

describe('an order that anybody does anything to', () => {
  let db: Database;
  let field: ReturnType<typeof createFieldOrders>;
  beforeAll(async () => {
    db = await openTestDatabase();
    field = createFieldOrders(db);
  });
  beforeEach(() => {
    field.now = AT;
  });
  afterAll(() => db.destroy());

  it('keeps its history whole, whatever comes in whatever order', async () => {
    const minutes = fc.integer({ min: 0, max: 600 });
    const anyAct: fc.Arbitrary<FieldAct> = fc.oneof(
      fc.constant<FieldAct>({ type: 'accept' }),
      fc.constant<FieldAct>({ type: 'arrive' }),
      fc.constant<FieldAct>({ type: 'resume' }),
      fc.constant<FieldAct>({ type: 'suspend', reason: 'parts' }),
      fc.constant<FieldAct>({ type: 'suspend', reason: 'customer-unreachable' }),
      fc.constant<FieldAct>({ type: 'revisit', reason: 'daylight' }),
      fc.constant<FieldAct>({ type: 'reassign', reason: 'too-far', to: wang }),
      fc.boolean().map((isVerified): FieldAct => ({ type: 'identity', isVerified })),
      fc.constant<FieldAct>({ type: 'finish', cause: 'ont', reading: good }),
      minutes.map(
        (m): FieldAct => ({ type: 'appoint', startAt: AT + m * MINUTE, endAt: AT + (m + 60) * MINUTE }),
      ),
    );
    const anyone = fc.record({ isLi: fc.boolean(), isLink: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('fault' as const, 'installation' as const),
        fc.array(fc.tuple(anyAct, anyone, minutes), { maxLength: 12 }),
        async (kind, steps) => {
          field.now = AT;
          const number = await field.given(li, kind);
          let changes = 2;
          for (const [told, { isLi, isLink }, wait] of steps) {
            field.now += wait * MINUTE;
            const before = await field.orderOf(number);
            const technician = isLi ? li : wang;
            const assignment = isLink ? before.field.assignment : null;
            // Whoever holds a link is the one that it was made for.
            if (isLink && before.field.technician?.id !== technician.id) continue;
            const result = await field.act(number, told, { technician, assignment });
            const after = await field.orderOf(number);
            if (result.status === 'refused') expect(after).toEqual(before);
            else changes = after.version;
            expect(after.field.assignment).toBeGreaterThanOrEqual(before.field.assignment);
            expect(after.field.visits - before.field.visits).toBe(
              result.status === 'changed' && told.type === 'arrive' ? 1 : 0,
            );
            if (after.status === 'resolved') expect(after.pause).toBeUndefined();
          }
          const versions = (await field.historyOf(number)).map(({ version }) => version);
          expect(versions).toEqual(Array.from({ length: changes }, (_, i) => i + 1));
        },
      ),
      { seed: SEED, numRuns: size({ test: 25, prove: 1000 }) },
    );
  });
});
