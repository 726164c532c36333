import { privacyNumberSchema } from '../../src/contract/field-job';
import { operations } from '../../src/contract/operations';
import type { OrderMessage } from '../../src/contract/operator-orders';
import type { Operator } from '../../src/operator/operator';

/** An operator and what the suite must know of it to ask sensible questions. */
export interface OperatorSubject {
  operator: Operator;
  /** The clock that the operator was given. */
  now(): number;
  /** Moves that clock on. */
  pass(ms: number): void;
  phones: { normal: string; arrears: string; suspended: string; fraudStop: string; nobody: string };
  addresses: { quiet: string; outage: string; lowLight: string; sound: string; uncovered: string };
  /** An account whose line has low light. */
  lowLightAccount: string;
  /** A phone whose account has value-added services. */
  servedPhone: string;
  /** Codes that went out so far, for this phone. */
  codesSentTo(phone: string): Promise<string[]>;
  /** Text messages that went out so far, to this phone. */
  textsSentTo(phone: string): Promise<string[]>;
  /** Versions of the order that were taken so far, in order. */
  versionsTaken(number: string): Promise<number[]>;
  /** Ends what the subject has opened. */
  close?(): Promise<void>;
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
    afterEach(() => subject.close?.());
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

    it('takes a visit once a key, and no longer offers it', async () => {
      const slot = await firstFree();
      const wanted = { slotId: slot.id };
      const first = await operator.reserveSlot(wanted, 'key-1');
      expect(first).toEqual({
        status: 'reserved',
        appointment: { ...slot, id: expect.any(String) },
        heldUntilAt: null,
      });
      await expect(operator.reserveSlot(wanted, 'key-1')).resolves.toEqual(first);
      expect((await free()).map(({ id }) => id)).not.toContain(slot.id);
    });

    it('gives a visit to one of many who want it at once', async () => {
      const slotId = (await firstFree()).id;
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) => operator.reserveSlot({ slotId }, `racer-${i}`)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([
        'reserved',
        ...Array.from({ length: 9 }, () => 'taken'),
      ]);
      const loser = answers.findIndex(({ status }) => status === 'taken');
      await expect(operator.reserveSlot({ slotId }, `racer-${loser}`)).resolves.toEqual({ status: 'taken' });
    });

    it.each(['', 'repair-1-1', 'repair-1-99999999999999', '../../etc/passwd', 'install--1-0'])(
      'does not know the visit %j',
      async (id) => {
        const unknown = { status: 'unknown' };
        await expect(operator.reserveSlot({ slotId: id }, `key-of-${id}`)).resolves.toEqual(unknown);
        await expect(operator.bookSlot(id, `key-of-${id}`)).resolves.toEqual(unknown);
        await expect(operator.releaseSlot(id, `key-of-${id}`)).resolves.toBe(false);
        await expect(operator.findVisitor(id)).resolves.toBeNull();
        const slotId = (await firstFree()).id;
        const wanted = { appointmentId: id, slotId };
        await expect(operator.changeSlot(wanted, `key-of-${id}`)).resolves.toEqual(unknown);
        expect((await firstFree()).id).toBe(slotId);
      },
    );

    const HOLD_MS = 30 * 60_000;
    const reserve = async (slotId: string, key: string, holdMs: number | null = null) => {
      const answer = await operator.reserveSlot({ slotId, holdMs }, key);
      if (answer.status !== 'reserved') throw new Error(`the visit is ${answer.status}`);
      return answer;
    };

    it('holds a visit for as long as was asked, and then offers it again', async () => {
      const slotId = (await firstFree()).id;
      const { heldUntilAt } = await reserve(slotId, 'hold-1', HOLD_MS);
      expect(heldUntilAt).toBe(subject.now() + HOLD_MS);
      subject.pass(HOLD_MS - 1);
      await expect(operator.reserveSlot({ slotId }, 'hold-2')).resolves.toEqual({ status: 'taken' });
      subject.pass(1);
      await reserve(slotId, 'hold-3');
    });

    it('keeps what was booked in time, and what nobody else took since', async () => {
      const slotId = (await firstFree()).id;
      const { appointment } = await reserve(slotId, 'book-1', HOLD_MS);
      const booked = { status: 'reserved', appointment, heldUntilAt: null };
      await expect(operator.bookSlot(appointment.id, 'book-2')).resolves.toEqual(booked);
      subject.pass(HOLD_MS);
      await expect(operator.reserveSlot({ slotId }, 'book-3')).resolves.toEqual({ status: 'taken' });
      await expect(operator.bookSlot(appointment.id, 'book-4')).resolves.toEqual(booked);
    });

    it('does not book what was taken after the hold was over', async () => {
      const slotId = (await firstFree()).id;
      const { appointment } = await reserve(slotId, 'late-1', HOLD_MS);
      subject.pass(HOLD_MS);
      await reserve(slotId, 'late-2');
      await expect(operator.bookSlot(appointment.id, 'late-3')).resolves.toEqual({ status: 'taken' });
    });

    it('takes a visit back, again without effect, and offers it to others', async () => {
      const slotId = (await firstFree()).id;
      const { appointment } = await reserve(slotId, 'back-1');
      await expect(operator.releaseSlot(appointment.id, 'back-2')).resolves.toBe(true);
      const next = await reserve(slotId, 'back-3');
      await expect(operator.releaseSlot(appointment.id, 'back-2')).resolves.toBe(true);
      await expect(operator.releaseSlot(appointment.id, 'back-4')).resolves.toBe(true);
      await expect(operator.reserveSlot({ slotId }, 'back-5')).resolves.toEqual({ status: 'taken' });
      await expect(operator.bookSlot(appointment.id, 'back-6')).resolves.toEqual({ status: 'unknown' });
      expect(next.appointment.id).not.toBe(appointment.id);
    });

    it('exchanges one visit for another in one act', async () => {
      const [first, second] = await free();
      const { appointment } = await reserve(first?.id ?? '', 'change-1');
      const wanted = { appointmentId: appointment.id, slotId: second?.id ?? '' };
      const changed = await operator.changeSlot(wanted, 'change-2');
      expect(changed).toMatchObject({ status: 'reserved', appointment: { startAt: second?.startAt } });
      await expect(operator.changeSlot(wanted, 'change-2')).resolves.toEqual(changed);
      const offered = (await free()).map(({ id }) => id);
      expect(offered).toContain(first?.id);
      expect(offered).not.toContain(second?.id);
    });

    it('leaves the old visit where it is when the new one is taken', async () => {
      const [first, second] = await free();
      const { appointment } = await reserve(first?.id ?? '', 'keep-1');
      await reserve(second?.id ?? '', 'keep-2');
      const wanted = { appointmentId: appointment.id, slotId: second?.id ?? '' };
      await expect(operator.changeSlot(wanted, 'keep-3')).resolves.toEqual({ status: 'taken' });
      const none = { appointmentId: appointment.id, slotId: 'nothing' };
      await expect(operator.changeSlot(none, 'keep-4')).resolves.toEqual({ status: 'unknown' });
      await expect(operator.reserveSlot({ slotId: first?.id ?? '' }, 'keep-5')).resolves.toEqual({
        status: 'taken',
      });
    });

    it('tells who comes once that is known, and nobody for a visit that was given back', async () => {
      const slot = await firstFree();
      const { appointment } = await reserve(slot.id, 'who-1');
      subject.pass(slot.startAt - subject.now() + 60_000);
      const visitor = await operator.findVisitor(appointment.id);
      expect(operations['operator.visitor'].value.parse({ visitor }).visitor?.name).toBeTruthy();
      await operator.releaseSlot(appointment.id, 'who-2');
      await expect(operator.findVisitor(appointment.id)).resolves.toBeNull();
    });

    it('tells nobody for a visit that is days away', async () => {
      const wishAt = subject.now() + 5 * 24 * 3600 * 1000;
      const [slot] = await operator.listSlots({ kind: 'repair', address: subject.addresses.quiet, wishAt });
      const { appointment } = await reserve(slot?.id ?? '', 'far-1');
      await expect(operator.findVisitor(appointment.id)).resolves.toBeNull();
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
}
