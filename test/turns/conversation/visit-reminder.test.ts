import fc from 'fast-check';
import { eveningBefore } from '../../../src/turns/conversation/visit-reminder';
import { zoneOf } from '../../../src/zone';
import { startConversation } from '../../support/conversation';
import { TEN } from '../../support/dialogs';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const NUMBER = 'I26112405KG2M8QXA';
/** Saturday, 28 November 2026, 9:00 in Shanghai. */
const SATURDAY = TEN + 4 * DAY - HOUR;
const order = (status: string, startAt: number | null) => ({
  order: {
    number: NUMBER,
    kind: 'installation',
    status,
    promiseAt: null,
    summary: '移机',
    appointment: startAt === null ? null : { id: 'a', startAt, endAt: startAt + 2 * HOUR },
    updatedAt: TEN,
  },
  version: 2,
});

describe('a visit', () => {
  const talk = (startAt: number | null, status = 'registered') => {
    const customer = startConversation();
    customer.say('你好');
    customer.event('order.registered', order(status, startAt));
    return customer;
  };

  it('is reminded of on the evening before', () => {
    const customer = talk(SATURDAY);
    const timer = customer.timer('visit:');
    // Friday at 18:00.
    expect(timer?.dueAt).toBe(SATURDAY - 15 * HOUR);
    expect(customer.fire(timer)).toEqual(['visit-tomorrow']);
  });

  it('is not reminded of when it is the same day, was given up, or is over', () => {
    expect(talk(TEN + 5 * HOUR).timer('visit:')).toBeUndefined();
    expect(talk(null).timer('visit:')).toBeUndefined();
    expect(talk(SATURDAY, 'resolved').timer('visit:')).toBeUndefined();
  });

  it('that was moved is reminded of once, for its new time', () => {
    const customer = talk(SATURDAY);
    const old = customer.timer('visit:');
    customer.event('order.changed', {
      ...order('assigned', SATURDAY + DAY),
      version: 3,
      change: 'appointed',
    });
    const moved = customer.timer('visit:');
    expect(moved?.dueAt).toBe((old?.dueAt ?? 0) + DAY);
    // A timer that was on its way already.
    expect(customer.fire(old)).toEqual([]);
    expect(customer.fire(moved)).toEqual(['visit-tomorrow']);
  });

  it('is not brought up by the bot while a human has the conversation', () => {
    const customer = talk(SATURDAY);
    const timer = customer.timer('visit:');
    customer.say('人工');
    customer.agent('claim');
    expect(customer.fire(timer)).toEqual([]);
    expect(customer.records('unshown')).toHaveLength(1);
  });

  it('has an evening before it that is always 18:00 of the day before', () => {
    const zone = zoneOf('Asia/Shanghai');
    fc.assert(
      fc.property(fc.integer({ min: TEN, max: TEN + 4000 * DAY }), (at) => {
        const evening = new Date(eveningBefore(at, zone) + 8 * HOUR);
        const visit = new Date(at + 8 * HOUR);
        expect(evening.getUTCHours()).toBe(18);
        expect(Math.floor(visit.getTime() / DAY) - Math.floor(evening.getTime() / DAY)).toBe(1);
      }),
    );
  });
});
