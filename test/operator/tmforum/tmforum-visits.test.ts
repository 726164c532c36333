import { lapseHolds } from '../../../src/operator/tmforum/lapse-holds';
import { readSlotId } from '../../../src/operator/tmforum/slot-id';
import { describeOperator } from '../operator-suite';
import { createSimulatedSubject, NOW } from '../subject';
import { createTestVisits } from './calendar';
import { openCalendarServer } from './calendar-server';

/** Visits on a calendar of TMF646, all else simulated; nothing that is sent breaks the specification. */
describeOperator('visits over TMF646', async () => {
  const subject = createSimulatedSubject();
  const server = await openCalendarServer({ clock: subject.now, lapsesHolds: true });
  const { visits, close } = createTestVisits(server.url, { clock: subject.now });
  return {
    ...subject,
    operator: { ...subject.operator, ...visits },
    close: async () => {
      close();
      await server.close();
      expect(server.problems).toEqual([]);
    },
  };
});

const MINUTE_MS = 60_000;
const HOLD_MS = 30 * MINUTE_MS;
const WISH = { kind: 'repair', address: '翠屏国际城7幢', wishAt: undefined } as const;
type Options = Partial<Parameters<typeof createTestVisits>[1]>;

describe('visits on a calendar of TMF646', () => {
  let now = NOW;
  const clock = () => now;
  let server: Awaited<ReturnType<typeof openCalendarServer>>;
  const opened: { close(): void }[] = [];
  beforeEach(async () => {
    now = NOW;
    server = await openCalendarServer({ clock, lapsesHolds: false });
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) each.close();
    await server.close();
  });
  const open = (options: Options = {}, restMs?: number) => {
    const test = createTestVisits(server.url, { clock, ...options }, restMs === undefined ? {} : { restMs });
    opened.push(test);
    return test;
  };
  const firstSlot = async (visits = open().visits) => {
    const [slot] = await visits.listSlots(WISH);
    if (!slot) throw new Error('no free visit');
    return slot.id;
  };
  /** Spoils the nth request that is so. */
  const spoil = (wanted: string, fault: ReturnType<(typeof server)['faultOf']>, nth = 1) => {
    let seen = 0;
    server.faultOf = (call) => {
      if (call === wanted) seen += 1;
      return call === wanted && seen === nth ? fault : null;
    };
  };
  const stored = () => [...server.appointments.values()];

  it('are asked for and made where they are to be, under our key', async () => {
    const { visits } = open();
    const slotId = await firstSlot(visits);
    await visits.reserveSlot({ slotId, holdMs: HOLD_MS }, 'key-1');
    expect(stored()).toMatchObject([
      {
        '@type': 'Appointment',
        status: 'initialized',
        category: 'repair',
        externalId: 'key-1',
        relatedPlace: { role: 'visit', name: WISH.address },
        relatedEntity: [
          { id: readSlotId(slotId)?.timeSlotId, role: 'timeSlot', '@referredType': 'TimeSlot' },
        ],
        note: [{ author: 'telecom-service-bot', date: new Date(NOW + HOLD_MS).toISOString() }],
      },
    ]);
    await visits.bookSlot(stored()[0]?.id ?? '', 'key-2');
    expect(stored()).toMatchObject([{ status: 'confirmed', note: [] }]);
  });

  it.each(['POST /appointment', 'PATCH /appointment'])(
    'are made once when the answer to %s was lost',
    async (call) => {
      const { visits, pauses } = open();
      const slotId = await firstSlot(visits);
      server.teams = 2;
      spoil(call, 'lost');
      await expect(visits.reserveSlot({ slotId }, 'key-1')).resolves.toMatchObject({ status: 'reserved' });
      expect(stored()).toMatchObject([{ status: 'confirmed', externalId: 'key-1' }]);
      expect(pauses).toHaveLength(1);
    },
  );

  it('are made once when every answer was lost and the call is repeated later', async () => {
    const { visits } = open();
    const slotId = await firstSlot(visits);
    server.teams = 2;
    server.faultOf = (call) => {
      if (call === 'POST /appointment') return 'lost';
      return call === 'GET /appointment' && stored().length > 0 ? 503 : null;
    };
    const wanted = { slotId, holdMs: HOLD_MS };
    await expect(visits.reserveSlot(wanted, 'key-1')).rejects.toMatchObject({ code: 'unavailable' });
    server.faultOf = () => null;
    now += MINUTE_MS;
    await expect(visits.reserveSlot(wanted, 'key-1')).resolves.toMatchObject({
      status: 'reserved',
      heldUntilAt: NOW + HOLD_MS,
    });
    expect(stored()).toHaveLength(1);
  });

  it('are ours when only the list was behind as the answer was lost', async () => {
    const { visits } = open();
    const slotId = await firstSlot(visits);
    let lists = 0;
    server.faultOf = (call) => {
      if (call === 'GET /appointment') lists += 1;
      if (call === 'GET /appointment' && lists === 2) return { body: '[]' };
      return call === 'POST /appointment' && lists === 1 ? 'lost' : null;
    };
    await expect(visits.reserveSlot({ slotId }, 'key-1')).resolves.toMatchObject({ status: 'reserved' });
    expect(stored()).toHaveLength(1);
  });

  it('are taken when the calendar says 409 at the booking', async () => {
    const { visits } = open();
    const slotId = await firstSlot(visits);
    await visits.reserveSlot({ slotId, holdMs: HOLD_MS }, 'key-1');
    server.faultOf = (call) => (call === 'PATCH /appointment' ? 409 : null);
    const taken = { status: 'taken' };
    await expect(visits.bookSlot(stored()[0]?.id ?? '', 'key-2')).resolves.toEqual(taken);
    await expect(visits.reserveSlot({ slotId }, 'key-3')).resolves.toEqual(taken);
  });

  it('are changed once when the answer was lost', async () => {
    const { visits } = open();
    const [first, second] = await visits.listSlots(WISH);
    await visits.reserveSlot({ slotId: first?.id ?? '' }, 'key-1');
    spoil('PATCH /appointment', 'lost');
    const wanted = { appointmentId: stored()[0]?.id ?? '', slotId: second?.id ?? '' };
    await expect(visits.changeSlot(wanted, 'key-2')).resolves.toMatchObject({
      status: 'reserved',
      appointment: { startAt: second?.startAt },
    });
    expect(stored()).toHaveLength(1);
    expect(server.calls.filter((call) => call === 'PATCH /appointment')).toHaveLength(2);
  });

  it('that are held too long are cancelled, and no others', async () => {
    const { visits, deps } = open();
    const [held, booked, later] = await visits.listSlots(WISH);
    await visits.reserveSlot({ slotId: held?.id ?? '', holdMs: HOLD_MS }, 'key-1');
    await visits.reserveSlot({ slotId: booked?.id ?? '' }, 'key-2');
    await visits.reserveSlot({ slotId: later?.id ?? '', holdMs: 2 * HOLD_MS }, 'key-3');
    server.appointments.set('theirs', {
      id: 'theirs',
      status: 'initialized',
      validFor: { startDateTime: '2026-12-24T01:00:00Z', endDateTime: '2026-12-24T03:00:00Z' },
    });
    now += HOLD_MS;
    await expect(lapseHolds(deps)).resolves.toBe(0);
    await expect(visits.bookSlot(stored()[0]?.id ?? '', 'key-4')).resolves.toEqual({ status: 'taken' });
    now += 2 * MINUTE_MS;
    await expect(lapseHolds(deps)).resolves.toBe(1);
    expect(stored().map(({ status }) => status)).toEqual([
      'cancelled',
      'confirmed',
      'initialized',
      'initialized',
    ]);
    await expect(visits.reserveSlot({ slotId: held?.id ?? '' }, 'key-5')).resolves.toMatchObject({
      status: 'reserved',
    });
  });

  it('are found among those of others that cannot be read, and with nulls in them', async () => {
    const { visits, deps } = open();
    const slotId = await firstSlot(visits);
    server.teams = 2;
    server.others = [{ id: 'call', validFor: { endDateTime: '2026-11-24T03:00:00Z' } }, { id: 7 }];
    const first = await visits.reserveSlot({ slotId, holdMs: HOLD_MS }, 'key-1');
    const [held] = stored();
    server.others.push({ ...held, contactMedium: null, relatedParty: [{ id: 'x', role: null, name: null }] });
    server.appointments.clear();
    await expect(visits.reserveSlot({ slotId, holdMs: HOLD_MS }, 'key-1')).resolves.toEqual(first);
    expect(server.appointments.size).toBe(0);
    server.others.pop();
    if (held) server.appointments.set(held.id, held);
    now += 2 * HOLD_MS;
    await expect(lapseHolds(deps)).resolves.toBe(1);
  });

  it('are not made again when the one in the list cannot be read', async () => {
    const { visits } = open();
    const slotId = await firstSlot(visits);
    server.others = [{ id: '1', externalId: 'key-1' }];
    await expect(visits.reserveSlot({ slotId }, 'key-1')).rejects.toMatchObject({ code: 'unavailable' });
    expect(stored()).toEqual([]);
  });

  it('end with a time-out on a calendar that is too slow', async () => {
    const { visits, pauses } = open({ timeoutMs: 50 });
    server.faultOf = () => 'hang';
    await expect(visits.listSlots(WISH)).rejects.toMatchObject({ code: 'timeout' });
    expect(pauses).toHaveLength(2);
  });

  it.each([
    '<html>',
    'null',
    '{"availableTimeSlot":[{"validFor":{"startDateTime":"soon"}}]}',
    '{"status":"inProgress"}',
    '{"status":"terminatedWithError"}',
  ])('are not read from %s', async (body) => {
    const { visits, pauses } = open();
    server.faultOf = () => ({ body });
    await expect(visits.listSlots(WISH)).rejects.toMatchObject({ code: 'unavailable' });
    expect(pauses).toHaveLength(2);
  });

  it('are not booked by an answer that does not say so', async () => {
    const { visits } = open();
    await visits.reserveSlot({ slotId: await firstSlot(visits), holdMs: HOLD_MS }, 'key-1');
    const [held] = stored();
    server.faultOf = (call) => (call === 'PATCH /appointment' ? { body: JSON.stringify(held) } : null);
    await expect(visits.bookSlot(held?.id ?? '', 'key-2')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    [400, 'bad-request'],
    [422, 'bad-request'],
    [401, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
  ])('are given up after %d as %s', async (status, code) => {
    server.faultOf = () => status;
    await expect(open().visits.listSlots(WISH)).rejects.toMatchObject({ code });
  });

  it('cannot be given back where the calendar keeps them', async () => {
    const { visits } = open();
    await visits.reserveSlot({ slotId: await firstSlot(visits) }, 'key-1');
    spoil('PATCH /appointment', 409);
    const id = stored()[0]?.id ?? '';
    await expect(visits.releaseSlot(id, 'key-2')).rejects.toMatchObject({ code: 'bad-request' });
    expect(stored()).toMatchObject([{ status: 'confirmed' }]);
  });

  it('rest when the calendar fails too often', async () => {
    const { visits, restingCalls } = open({}, 60_000);
    server.faultOf = () => 500;
    for (let i = 0; i < 2; i += 1) await expect(visits.listSlots(WISH)).rejects.toThrow();
    expect(restingCalls()).toEqual(['listSlots']);
    const before = server.calls.length;
    await expect(visits.listSlots(WISH)).rejects.toThrow(/rests/);
    expect(server.calls).toHaveLength(before);
  });

  it('say nothing of the customer in an error', async () => {
    server.faultOf = () => ({ body: JSON.stringify({ address: WISH.address }) + WISH.address });
    const error = await open()
      .visits.listSlots(WISH)
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(`${error.message} ${error.cause?.message}`).not.toContain(WISH.address);
  });

  it.each(['.', '..', '../appointment', '%2e%2e', '?status=confirmed'])('are not found as %j', async (id) => {
    const { visits } = open();
    await visits.reserveSlot({ slotId: await firstSlot(visits) }, 'key-1');
    await expect(visits.releaseSlot(id, 'key-2')).resolves.toBe(false);
    expect(stored()).toMatchObject([{ status: 'confirmed' }]);
    expect(server.paths.filter((path) => !/^\/(searchTimeSlot|appointment(\/[^/]+)?)$/.test(path))).toEqual(
      [],
    );
  });

  it('are asked for with our token only', async () => {
    const { visits } = open({ token: 'another-token-altogether' });
    await expect(visits.listSlots(WISH)).rejects.toThrow(/http-401/);
  });
});
