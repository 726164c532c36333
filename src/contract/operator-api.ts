import { z } from 'zod';
import { addedServiceSchema, planSchema } from './account';
import { privacyNumberSchema } from './field-job';
import { operations } from './operations';
import { orderMessageSchema } from './operator-orders';
import { appointmentSchema } from './orders';

/**
 * What the operator's own server answers, a call a method of the port: POST with JSON below `OPERATOR_URL`.
 * docs/operator.md says how calls are signed, repeated and given up; docs/openapi/operator.yaml is written from here.
 * Times are milliseconds since 1970 UTC, money is in yuan.
 */
interface ApiCall<Request extends z.ZodType, Answer extends z.ZodType> {
  path: string;
  summary: string;
  request: Request;
  answer: Answer;
  /** Changes something: it carries an Idempotency-Key, and the same key must be answered the same again. */
  isAct: boolean;
  /** How long one attempt may take unless `OPERATOR_TIMEOUTS` says otherwise. */
  timeoutMs: number;
  /** How often it is tried in all before it fails. */
  tries: number;
}

const READ = { isAct: false, timeoutMs: 3000, tries: 3 };
const ACT = { isAct: true, timeoutMs: 5000, tries: 3 };

const call = <Request extends z.ZodType, Answer extends z.ZodType>(
  way: typeof READ,
  path: string,
  summary: string,
  request: Request,
  answer: Answer,
): ApiCall<Request, Answer> => ({ ...way, path, summary, request, answer });

const phone = z.string().max(40).describe('As the customer proved or gave it.');
const byPhone = z.object({ phone });
const appointmentId = z.string().max(200);
const slotId = z.string().max(200);
const done = z.object({}).describe('Nothing to say: it is done, now or before.');

export const reservationSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('reserved'),
    appointment: appointmentSchema.describe('Its id names the visit from then on.'),
    heldUntilAt: z.number().nullable().describe('When it is free again unless it is booked; null: booked.'),
  }),
  z.object({ status: z.literal('taken') }).describe('Another customer was faster.'),
  z.object({ status: z.literal('unknown') }).describe('There is no such visit, or no longer.'),
]);

export const serviceCancellationSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('cancelled'), service: addedServiceSchema, endsAt: z.number() }),
  z.object({ status: z.literal('unknown') }).describe('The account has no such service.'),
]);

export const planChangeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('changed'), plan: planSchema, effectiveAt: z.number() }),
  z.object({ status: z.literal('refused') }).describe('The contract, or what is owed, does not allow it.'),
  z.object({ status: z.literal('unknown') }).describe('There is no such plan, or no such account.'),
]);

const value = <N extends keyof typeof operations>(name: N): (typeof operations)[N]['value'] =>
  operations[name].value;

export const operatorApi = {
  findCustomer: call(
    READ,
    '/customers/find',
    'The account that belongs to a phone; null when there is none.',
    byPhone,
    value('operator.customer'),
  ),
  findBill: call(
    READ,
    '/customers/bill',
    'Balance and bills of the account of a phone; null when there is none.',
    byPhone,
    value('operator.bill'),
  ),
  listServices: call(
    READ,
    '/customers/services',
    'Value-added services of the account of a phone; null when there is none.',
    byPhone,
    value('operator.services'),
  ),
  cancelService: call(
    ACT,
    '/customers/services/cancel',
    'Ends a value-added service.',
    z.object({ phone, serviceId: z.string().max(200) }),
    serviceCancellationSchema,
  ),
  findOutage: call(
    READ,
    '/network/outage',
    'A known outage or planned maintenance where the address lies, or in its service area; null when there is none.',
    z.object({ address: z.string(), area: z.string().nullable() }),
    value('operator.outage'),
  ),
  testLine: call(
    // Measuring twice measures no better, and the customer waits.
    { ...READ, timeoutMs: 60_000, tries: 1 },
    '/network/line-test',
    'Measures the line of the account, else of the address, else of the customer with this phone.',
    operations['operator.line-test'].args,
    value('operator.line-test'),
  ),
  findCoverage: call(
    READ,
    '/network/coverage',
    'Whether broadband can be built at an address, and how fast.',
    z.object({ address: z.string() }),
    value('operator.coverage'),
  ),
  listPlans: call(
    READ,
    '/plans',
    'The plans on sale, cheapest first.',
    z.object({}),
    value('operator.plans'),
  ),
  findContract: call(
    READ,
    '/customers/contract',
    'Plan and term of the account of a phone; null when there is none.',
    byPhone,
    value('operator.contract'),
  ),
  findRelocation: call(
    READ,
    '/customers/relocation',
    'What moving the line of a phone to an address costs and needs; null when it cannot be moved there.',
    z.object({ phone, address: z.string() }),
    value('operator.relocation'),
  ),
  quotePlan: call(
    READ,
    '/plans/quote',
    'When a plan would begin for the account of a phone, and what stands against it; null for none.',
    z.object({ phone, planId: z.string().max(200) }),
    value('operator.plan-quote'),
  ),
  changePlan: call(
    ACT,
    '/plans/change',
    'Changes the plan of the account of a phone.',
    z.object({ phone, planId: z.string().max(200) }),
    planChangeSchema,
  ),
  listSlots: call(
    { ...READ, timeoutMs: 5000 },
    '/visits/slots',
    'At most three free visits, nearest to the wish (without one: the earliest), in order of time.',
    operations['operator.slots'].args,
    value('operator.slots'),
  ),
  reserveSlot: call(
    ACT,
    '/visits/reserve',
    'Takes a free visit: held for holdMs, then free again unless it was booked; booked at once without.',
    z.object({ slotId, holdMs: z.number().int().nullish() }),
    reservationSchema,
  ),
  bookSlot: call(
    ACT,
    '/visits/book',
    'Books what is held; taken when the hold was over and another customer has it.',
    z.object({ appointmentId }),
    reservationSchema,
  ),
  changeSlot: call(
    ACT,
    '/visits/change',
    'Exchanges a visit for a free one in one act. Unless it is reserved, the old one stays as it was.',
    z.object({ appointmentId, slotId }),
    reservationSchema,
  ),
  releaseSlot: call(
    ACT,
    '/visits/release',
    'Gives a visit back; again changes nothing. False when there is no such visit.',
    z.object({ appointmentId }),
    value('operator.release-slot'),
  ),
  findVisitor: call(
    READ,
    '/visits/visitor',
    'Who comes for a visit, with a privacy number; null until that is known.',
    z.object({ appointmentId }),
    value('operator.visitor'),
  ),
  dispatchOrder: call(
    { ...ACT, timeoutMs: 10_000 },
    '/orders',
    'Takes a work order as it stands after a change. Messages of an order come in order of their versions.',
    orderMessageSchema,
    done,
  ),
  sendCode: call(
    ACT,
    '/messages/code',
    'Sends a one-time code as a text message. The code must not be kept or logged.',
    z.object({ phone, code: z.string().max(12) }),
    done,
  ),
  sendText: call(
    ACT,
    '/messages/text',
    'Sends a text message that the customer cannot be told otherwise.',
    z.object({ phone, text: z.string().max(1000) }),
    done,
  ),
  bindPrivacyNumber: call(
    ACT,
    '/calls/bind',
    'A number that connects a technician with the customer of an order for a while and shows neither the other.',
    z.object({ number: z.string(), phone, callerPhone: phone.nullable() }),
    privacyNumberSchema,
  ),
} as const;

export type OperatorApi = typeof operatorApi;
export type ApiName = keyof OperatorApi;
export type ApiRequest<N extends ApiName> = z.infer<OperatorApi[N]['request']>;
export type ApiAnswer<N extends ApiName> = z.infer<OperatorApi[N]['answer']>;
export const apiNames = Object.keys(operatorApi) as ApiName[];
