import type { OperationValue } from '../contract/operations';
import type { Operator } from '../operator/operator';
import type { CommandHandlers } from '../turns/commands';
import { operationHandler } from '../turns/operation-handler';
import type { Zone } from '../zone';
import { endOf, offersFor, type RetentionOffer } from './offers';

type Offered = OperationValue<'retention.offer'>['offer'];
type Account = Pick<Operator, 'findContract' | 'quotePlan'>;

/** The `retention.offer` operation: the first offer of the policy that holds now for the verified customer. */
export const createRetentionHandlers = (deps: {
  operator: Account;
  offers: readonly RetentionOffer[];
  zone: Zone;
  clock: () => number;
}): CommandHandlers => ({
  'retention.offer': operationHandler(
    'retention.offer',
    { mustComplete: false },
    async ({ reason }, { asker: { phone } }) => ({
      type: 'ok',
      value: { offer: phone === null ? null : await pickOffer(deps, { phone, reason }) },
    }),
  ),
});

async function pickOffer(
  { operator, offers, zone, clock }: Parameters<typeof createRetentionHandlers>[0],
  { phone, reason }: { phone: string; reason: string },
): Promise<Offered> {
  const contract = await operator.findContract(phone);
  if (!contract) return null;
  for (const offer of offersFor(offers, { reason, plan: contract.plan, at: clock() }, zone)) {
    const { id, type } = offer;
    const untilAt = endOf(offer, zone);
    if (type === 'grant') return { id, type, text: offer.text, untilAt };
    const quote = await operator.quotePlan({ phone, planId: offer.planId });
    const isBetter = quote?.refusal === null && quote.plan.monthlyYuan < contract.monthlyYuan;
    if (isBetter) return { id, type, plan: quote.plan, untilAt };
  }
  return null;
}
