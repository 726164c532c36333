import { operations } from '../../src/contract/operations';
import type { Operator } from '../../src/operator/operator';
import type { OperatorSubject } from './operator-subject';

/** What the port promises of visits, for any implementation. */
export function describeVisits(name: string, create: () => Promise<OperatorSubject>): void {
  describe(`visits of the operator: ${name}`, () => {
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
  });
}
