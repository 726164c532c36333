import { operations } from '../../src/contract/operations';
import type { Operator } from '../../src/operator/operator';

/** An operator and what the suite must know of it to ask sensible questions. */
export interface OperatorSubject {
  operator: Operator;
  /** The clock that the operator was given. */
  now(): number;
  phones: { normal: string; arrears: string; suspended: string; fraudStop: string; nobody: string };
  addresses: { quiet: string; outage: string; lowLight: string; sound: string; uncovered: string };
  /** An account whose line has low light. */
  lowLightAccount: string;
  /** Codes that went out so far, for this phone. */
  codesSentTo(phone: string): Promise<string[]>;
  /** Text messages that went out so far, to this phone. */
  textsSentTo(phone: string): Promise<string[]>;
}

/** The promises of the port, for any implementation. */
export function describeOperator(name: string, create: () => Promise<OperatorSubject>): void {
  describe(`operator: ${name}`, () => {
    let subject: OperatorSubject;
    let operator: Operator;
    beforeEach(async () => {
      subject = await create();
      operator = subject.operator;
    });
    const free = () =>
      operator.listSlots({ kind: 'repair', address: subject.addresses.quiet, wishAt: undefined });
    const firstFree = async () => {
      const [slot] = await free();
      if (!slot) throw new Error('no free visit');
      return slot;
    };

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

    it('offers at most three visits, in order of time, none of them begun', async () => {
      const slots = await free();
      expect(slots.length).toBeGreaterThan(0);
      expect(slots.length).toBeLessThanOrEqual(3);
      expect(slots).toEqual([...slots].sort((a, b) => a.startAt - b.startAt));
      for (const { startAt, endAt } of slots) {
        expect(startAt).toBeGreaterThan(subject.now());
        expect(endAt).toBeGreaterThan(startAt);
      }
    });

    it('offers visits near the wish', async () => {
      const wishAt = subject.now() + 5 * 24 * 3600 * 1000;
      const slots = await operator.listSlots({ kind: 'install', address: subject.addresses.quiet, wishAt });
      expect(slots).toHaveLength(3);
      for (const { startAt } of slots) expect(Math.abs(startAt - wishAt)).toBeLessThan(48 * 3600 * 1000);
    });

    it.each([-1e15, 0.5, 1e300])('takes a wish of %d without breaking', async (wishAt) => {
      const slots = await operator.listSlots({ kind: 'repair', address: subject.addresses.quiet, wishAt });
      expect(slots.length).toBeLessThanOrEqual(3);
    });

    it('holds a visit once a key, and no longer offers it', async () => {
      const slot = await firstFree();
      const reserved = { status: 'reserved', appointment: slot };
      await expect(operator.reserveSlot(slot.id, 'key-1')).resolves.toEqual(reserved);
      await expect(operator.reserveSlot(slot.id, 'key-1')).resolves.toEqual(reserved);
      expect((await free()).map(({ id }) => id)).not.toContain(slot.id);
    });

    it('gives a visit to one of many who want it at once', async () => {
      const slot = await firstFree();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) => operator.reserveSlot(slot.id, `racer-${i}`)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([
        'reserved',
        ...Array.from({ length: 9 }, () => 'taken'),
      ]);
      const loser = answers.findIndex(({ status }) => status === 'taken');
      await expect(operator.reserveSlot(slot.id, `racer-${loser}`)).resolves.toEqual({ status: 'taken' });
    });

    it.each(['', 'repair-1-1', 'repair-1-99999999999999', '../../etc/passwd', 'install--1-0'])(
      'does not know the visit %j',
      async (id) => {
        await expect(operator.reserveSlot(id, `key-of-${id}`)).resolves.toEqual({ status: 'unknown' });
      },
    );

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

    it('sends a code once a key', async () => {
      const phone = subject.phones.normal;
      await operator.sendCode({ phone, code: '111111' }, 'send-1');
      await operator.sendCode({ phone, code: '111111' }, 'send-1');
      await operator.sendCode({ phone, code: '222222' }, 'send-2');
      expect(await subject.codesSentTo(phone)).toEqual(['111111', '222222']);
    });

    it('sends a text message once a key', async () => {
      const phone = subject.phones.normal;
      await operator.sendText({ phone, text: 'one' }, 'text-1');
      await operator.sendText({ phone, text: 'one' }, 'text-1');
      await operator.sendText({ phone, text: 'two' }, 'text-2');
      expect(await subject.textsSentTo(phone)).toEqual(['one', 'two']);
    });
  });
}
