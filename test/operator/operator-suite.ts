import { privacyNumberSchema } from '../../src/contract/field-job';
import { operations } from '../../src/contract/operations';
import type { OrderMessage } from '../../src/contract/operator-orders';
import type { Operator } from '../../src/operator/operator';
import type { OperatorSubject } from './operator-subject';
import { describeVisits } from './visits-suite';

/** The promises of the port, for any implementation; those of visits are a suite of their own. */
export function describeOperator(name: string, create: () => Promise<OperatorSubject>): void {
  describe(`operator: ${name}`, () => {
    let subject: OperatorSubject;
    let operator: Operator;
    beforeEach(async () => {
      subject = await create();
      operator = subject.operator;
    });
    afterEach(() => subject.close?.());
    it('tells the state of an account, and nothing for a phone that has none', async () => {
      const { phones } = subject;
      const status = async (phone: string) => (await operator.findCustomer(phone))?.status;
      expect(await Promise.all([phones.normal, phones.arrears].map(status))).toEqual(['normal', 'arrears']);
      expect(await Promise.all([phones.suspended, phones.fraudStop].map(status))).toEqual([
        'suspended',
        'fraud-stop',
      ]);
      await expect(operator.findCustomer(phones.nobody)).resolves.toBeNull();
      await expect(operator.findCustomer("'; DROP TABLE customers; --")).resolves.toBeNull();
    });

    it('answers customers in the shape of the contract, debts with those in arrears only', async () => {
      const { value } = operations['operator.customer'];
      const [normal, arrears] = await Promise.all(
        [subject.phones.normal, subject.phones.arrears].map((phone) => operator.findCustomer(phone)),
      );
      expect(value.parse({ customer: normal }).customer).toMatchObject({
        phone: subject.phones.normal,
        arrearsYuan: 0,
      });
      expect(arrears?.arrearsYuan).toBeGreaterThan(0);
    });

    it('knows an outage by the address and says when it will be over', async () => {
      const outage = await operator.findOutage(subject.addresses.outage);
      expect(operations['operator.outage'].value.parse({ outage }).outage).not.toBeNull();
      expect(outage?.restoreAt).toBeGreaterThan(subject.now());
      await expect(operator.findOutage(subject.addresses.quiet)).resolves.toBeNull();
    });

    it('measures a sound line between -25 and -15 dBm and a weak one below -27', async () => {
      const sound = await operator.testLine({ address: subject.addresses.sound });
      expect(sound).toMatchObject({ verdict: 'ok' });
      expect(sound.rxPowerDbm).toBeGreaterThanOrEqual(-25);
      expect(sound.rxPowerDbm).toBeLessThanOrEqual(-15);
      const weak = await operator.testLine({ address: subject.addresses.lowLight });
      expect(weak).toMatchObject({ verdict: 'low-light' });
      expect(weak.rxPowerDbm).toBeLessThan(-27);
    });

    it('finds the line by the account before the address', async () => {
      const account = subject.lowLightAccount;
      const result = await operator.testLine({ account, address: subject.addresses.sound });
      expect(result.verdict).toBe('low-light');
    });

    it('bills months that add up, and names a day for what is owed', async () => {
      const { phones } = subject;
      const [normal, arrears] = await Promise.all([phones.normal, phones.arrears].map(operator.findBill));
      for (const bill of [normal, arrears]) {
        const { months = [] } = operations['operator.bill'].value.parse({ bill }).bill ?? {};
        expect(months.map(({ isOpen }) => isOpen)).toEqual([true, false, false, false]);
        expect(months.map(({ month }) => month)).toEqual(
          months
            .map(({ month }) => month)
            .sort()
            .reverse(),
        );
        for (const { lines, totalYuan } of months) {
          expect(lines.some(({ type }) => type === 'plan')).toBe(true);
          expect(totalYuan).toBeCloseTo(lines.reduce((sum, { yuan }) => sum + yuan, 0));
        }
      }
      expect(normal).toMatchObject({ arrearsYuan: 0, dueAt: null });
      expect(arrears?.arrearsYuan).toBeGreaterThan(0);
      expect(arrears?.dueAt).toBeGreaterThan(subject.now());
      await expect(operator.findBill(phones.nobody)).resolves.toBeNull();
    });

    it('ends a service once, and no longer lists it', async () => {
      const phone = subject.servedPhone;
      const [service, ...rest] = (await operator.listServices(phone)) ?? [];
      const wanted = { phone, serviceId: service?.id ?? '' };
      const ended = await operator.cancelService(wanted, 'end-1');
      expect(ended).toEqual({ status: 'cancelled', service, endsAt: expect.any(Number) });
      await expect(operator.cancelService(wanted, 'end-1')).resolves.toEqual(ended);
      await expect(operator.cancelService(wanted, 'end-2')).resolves.toEqual({ status: 'unknown' });
      await expect(operator.listServices(phone)).resolves.toEqual(rest);
    });

    it('knows no services of an unknown phone, and ends none that it does not know', async () => {
      const { nobody, normal } = subject.phones;
      await expect(operator.listServices(nobody)).resolves.toBeNull();
      const unknown = { status: 'unknown' };
      const cancel = (phone: string, serviceId: string) =>
        operator.cancelService({ phone, serviceId }, `none-${phone}`);
      await expect(cancel(nobody, 'vas-tv')).resolves.toEqual(unknown);
      await expect(cancel(normal, "x' OR '1'='1")).resolves.toEqual(unknown);
    });

    it('tells where it builds, and how fast', async () => {
      await expect(operator.findCoverage(subject.addresses.uncovered)).resolves.toEqual({
        isCovered: false,
        maxMbps: 0,
      });
      const covered = await operator.findCoverage(subject.addresses.quiet);
      expect(covered.isCovered).toBe(true);
      expect(covered.maxMbps).toBeGreaterThan(0);
    });

    it('lists plans from the cheapest on', async () => {
      const plans = await operator.listPlans();
      const prices = plans.map(({ monthlyYuan }) => monthlyYuan);
      expect(prices).toEqual([...prices].sort((a, b) => a - b));
      expect(plans.slice(0, 2)).toMatchObject([
        { mbps: 300, monthlyYuan: 79 },
        { mbps: 500, monthlyYuan: 129 },
      ]);
    });

    it('says how long a customer is bound, and what moving the line would mean', async () => {
      const { normal, nobody } = subject.phones;
      const contract = await operator.findContract(normal);
      expect(operations['operator.contract'].value.parse({ contract }).contract).not.toBeNull();
      const isBound = contract?.endsAt !== null;
      expect(isBound ? Number(contract?.endsAt) > subject.now() : contract?.exitYuan === 0).toBe(true);
      const { quiet } = subject.addresses;
      const terms = await operator.findRelocation({ phone: normal, address: quiet });
      expect(operations['operator.relocation'].value.parse({ terms }).terms).toMatchObject({
        contractEndsAt: contract?.endsAt,
      });
      await expect(operator.findContract(nobody)).resolves.toBeNull();
      await expect(operator.findRelocation({ phone: nobody, address: quiet })).resolves.toBeNull();
      await expect(
        operator.findRelocation({ phone: normal, address: '上海市南京路1号' }),
      ).resolves.toBeNull();
    });

    it('changes a plan once a key, as it was quoted, and none that is refused', async () => {
      const { normal, arrears, nobody } = subject.phones;
      const dearest = (await operator.listPlans()).at(-1)?.id ?? '';
      const wanted = { phone: normal, planId: dearest };
      const quote = await operator.quotePlan(wanted);
      expect(operations['operator.plan-quote'].value.parse({ quote }).quote).toMatchObject({ refusal: null });
      const changed = await operator.changePlan(wanted, 'plan-1');
      expect(changed).toEqual({ status: 'changed', plan: quote?.plan, effectiveAt: quote?.effectiveAt });
      await expect(operator.changePlan(wanted, 'plan-1')).resolves.toEqual(changed);
      await expect(operator.quotePlan({ phone: arrears, planId: dearest })).resolves.toMatchObject({
        refusal: 'arrears',
      });
      await expect(operator.changePlan({ phone: arrears, planId: dearest }, 'plan-2')).resolves.toEqual({
        status: 'refused',
      });
      const unknown = { phone: normal, planId: "x' OR '1'='1" };
      await expect(operator.quotePlan(unknown)).resolves.toBeNull();
      await expect(operator.changePlan(unknown, 'plan-3')).resolves.toEqual({ status: 'unknown' });
      await expect(operator.quotePlan({ ...wanted, phone: nobody })).resolves.toBeNull();
    });

    it('takes an order once a key', async () => {
      const message = (version: number): OrderMessage => ({
        event: version === 1 ? 'created' : 'updated',
        number: 'F261124ABCDEFGHJ',
        version,
        at: subject.now(),
        by: 'bot',
        reason: null,
        note: null,
        order: {
          kind: 'fault',
          status: 'registered',
          summary: '断网',
          phone: subject.phones.normal,
          address: subject.addresses.lowLight,
          area: null,
          priority: 'normal',
          promiseAt: subject.now() + 4 * 3600_000,
          appointment: null,
          pause: null,
          technician: null,
          repeats: 0,
          details: { words: "'; DROP TABLE orders; --" },
          createdAt: subject.now(),
        },
      });
      for (const version of [1, 1, 2]) await operator.dispatchOrder(message(version), `order@${version}`);
      expect(await subject.versionsTaken('F261124ABCDEFGHJ')).toEqual([1, 2]);
    });

    it('sends a code once a key', async () => {
      const phone = subject.phones.normal;
      await operator.sendCode({ phone, code: '111111' }, 'send-1');
      await operator.sendCode({ phone, code: '111111' }, 'send-1');
      await operator.sendCode({ phone, code: '222222' }, 'send-2');
      expect(await subject.codesSentTo(phone)).toEqual(['111111', '222222']);
    });

    it('binds a number that shows neither side the other, the same for a key', async () => {
      const call = { number: 'F26112405KG2M8QX', phone: subject.phones.normal, callerPhone: '13900000518' };
      const bound = await operator.bindPrivacyNumber(call, 'call-1');
      expect(privacyNumberSchema.parse(bound).expiresAt).toBeGreaterThan(subject.now());
      expect(bound.phone).toMatch(/^\d{7,15}$/);
      expect([call.phone, call.callerPhone]).not.toContain(bound.phone);
      await expect(operator.bindPrivacyNumber(call, 'call-1')).resolves.toMatchObject({ phone: bound.phone });
    });

    it('sends a text message once a key', async () => {
      const phone = subject.phones.normal;
      await operator.sendText({ phone, text: 'one' }, 'text-1');
      await operator.sendText({ phone, text: 'one' }, 'text-1');
      await operator.sendText({ phone, text: 'two' }, 'text-2');
      expect(await subject.textsSentTo(phone)).toEqual(['one', 'two']);
    });
  });
  describeVisits(name, create);
}
