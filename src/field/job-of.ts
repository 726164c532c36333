import { z } from 'zod';
import type { FieldJob } from '../contract/field-job';
import { isOpenStatus } from '../contract/orders';
import { lacksIdentity } from '../work-orders/field/needs-identity';
import type { OrderRecord } from '../work-orders/order-record';

/** What the fault dialog keeps of its line test, as far as this page shows it. */
const testSchema = z.object({
  verdict: z.string(),
  rxPowerDbm: z.number().nullable(),
  speedMbps: z.number().nullable(),
});

export interface JobContext {
  timeZone: string;
  signPhoto: (id: string) => string;
  clock: () => number;
}

/** An order as its technician may see it: never the customer's number, and once it is done not where they live. */
export function jobOf(order: OrderRecord, { timeZone, signPhoto, clock }: JobContext): FieldJob {
  const { number, kind, status, priority, promiseAt, repeats, pause = null } = order;
  const { photos, calls, ...field } = order.field;
  const isOpen = isOpenStatus(status);
  const test = testSchema.safeParse(order.details.test);
  return {
    number,
    kind,
    status,
    priority,
    summary: isOpen ? order.summary : null,
    address: isOpen ? order.address : null,
    isCallable: isOpen && order.phone !== null,
    test: isOpen && test.success ? test.data : null,
    appointment: isOpen ? order.appointment : null,
    promiseAt,
    pause,
    repeats,
    field,
    isIdentityMissing: isOpen && lacksIdentity(order),
    photos: isOpen ? photos.map(signPhoto) : [],
    calls,
    timeZone,
    now: clock(),
  };
}
