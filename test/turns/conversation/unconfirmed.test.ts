import { smallContent, startConversation } from '../../support/conversation';
import { dialogSet } from '../../support/dialogs';
import { shippedPolicies } from '../../support/policies';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const NUMBER = 'F26112405KG2M8QXA';

const VERIFY = `
id: verify-repair
name: { zh: 确认, en: confirmation }
slots: { solved: { name: { zh: 好了, en: solved } } }
steps:
  - id: ask
    type: choose
    slot: solved
    prompt: { zh: 好了吗, en: Solved? }
    options:
      - { value: "yes", label: { zh: 好了, en: "Yes" } }
      - { value: "no", label: { zh: 没好, en: "No" } }
    next: over
  - { id: over, type: end }
`;

/** What is offered while nobody is on duty. */
const LEAVE = VERIFY.replace('id: verify-repair', 'id: leave-order').replaceAll('好了吗', '要登记吗');

const eventOf = (status: string, kind = 'fault', extra: Record<string, unknown> = {}) => ({
  order: { number: NUMBER, kind, status, promiseAt: null, summary: '断网', appointment: null, updatedAt: 0 },
  version: 2,
  change: 'status',
  nextAt: null,
  ...extra,
});

/** A customer whose order is reported as done; it is ten in the morning by UTC. */
function reported(kind = 'fault') {
  const small = smallContent();
  const patterns = small.dialogs.patterns;
  const talk = startConversation({
    policies: { ...shippedPolicies, timeZone: 'UTC', quietHours: { from: 22 * 60, to: 6 * 60 } },
    pickContent: () => ({
      ...small,
      dialogs: { ...dialogSet({ 'verify-repair.yaml': VERIFY, 'leave-order.yaml': LEAVE }, []), patterns },
    }),
  });
  talk.now = Date.UTC(2026, 10, 24, 10);
  talk.event('order.registered', eventOf('registered', kind));
  talk.say('在吗');
  talk.now += HOUR;
  expect(talk.event('order.changed', eventOf('resolved', kind))).toContain('好了吗');
  return talk;
}
const timerOf = (talk: ReturnType<typeof reported>) => talk.timer('unconfirmed:');
const CLOSE = { operation: 'work-order.close-unconfirmed', args: { number: NUMBER } };

describe('an order that nobody confirms', () => {
  it('is closed after a day of silence, and its customer told so', () => {
    const talk = reported();
    const timer = timerOf(talk);
    expect(timer?.dueAt).toBe(talk.now + DAY);
    talk.fire(timer);
    expect(talk.commands()).toContainEqual(CLOSE);
    const closed = eventOf('closed', 'fault', { version: 3, reason: 'unconfirmed' });
    expect(talk.event('order.changed', closed)).toEqual(['order-unconfirmed']);
    expect(talk.last?.cancelTimers).toContain(`unconfirmed:${NUMBER}`);
  });

  it('is told in the morning when the day of silence ends at night', () => {
    const talk = reported();
    talk.now = Date.UTC(2026, 10, 25, 23);
    const closed = eventOf('closed', 'fault', { version: 3, reason: 'unconfirmed' });
    expect(talk.event('order.changed', closed)).toEqual([]);
    const held = talk.timer('held:');
    expect(held?.dueAt).toBe(Date.UTC(2026, 10, 26, 6));
    expect(talk.fire(held)).toEqual(['order-unconfirmed']);
  });

  it('is not closed on a customer who has written meanwhile', () => {
    const talk = reported();
    const timer = timerOf(talk);
    talk.now += 20 * HOUR;
    const saidAt = talk.now;
    talk.say('你们几点下班');
    expect(talk.fire(timer)).toEqual([]);
    expect(talk.commands()).not.toContainEqual(CLOSE);
    expect(timerOf(talk)?.dueAt).toBe(saidAt + DAY);
    talk.fire(timerOf(talk));
    expect(talk.commands()).toContainEqual(CLOSE);
  });

  it('is left alone once it is closed, or open again', () => {
    for (const status of ['closed', 'in-progress']) {
      const talk = reported();
      const timer = timerOf(talk);
      talk.event('order.changed', eventOf(status, 'fault', { version: 3 }));
      expect(talk.last?.cancelTimers).toContain(`unconfirmed:${NUMBER}`);
      talk.fire(timer);
      expect(talk.commands()).not.toContainEqual(CLOSE);
    }
  });

  it('waits while a human has the conversation', () => {
    const talk = reported();
    const timer = timerOf(talk);
    talk.agent('claim');
    talk.say('人工');
    talk.agent('claim');
    expect(talk.state.ownership.owner).toBe('human');
    talk.now = (timer?.dueAt ?? 0) + DAY;
    talk.event('timer.due', timer?.value);
    expect(talk.commands()).not.toContainEqual(CLOSE);
    expect(timerOf(talk)?.dueAt).toBe(talk.now + DAY);
  });

  it('is asked about once the human who had the conversation has gone, and then closed like any other', () => {
    const talk = reported();
    talk.event('order.changed', eventOf('in-progress', 'fault', { version: 3 }));
    talk.say('人工');
    talk.agent('claim');
    expect(talk.event('order.changed', eventOf('resolved', 'fault', { version: 4 }))).toEqual([]);
    expect(timerOf(talk)?.dueAt).toBe(talk.now + HOUR);
    expect(talk.fire(timerOf(talk))).toEqual([]);
    const later = timerOf(talk);
    expect(later?.dueAt).toBe(talk.now + HOUR);
    talk.agent('close', { note: '' });
    talk.agent('finish');
    expect(talk.fire(later)).toContain('好了吗');
    expect(timerOf(talk)?.dueAt).toBe(talk.now + DAY);
    talk.fire(timerOf(talk));
    expect(talk.commands()).toContainEqual(CLOSE);
  });

  it('is asked about on a second day when it is a complaint, and not at night', () => {
    const talk = reported('complaint');
    const first = timerOf(talk);
    talk.now = Date.UTC(2026, 10, 25, 23);
    expect(talk.event('timer.due', first?.value)).toEqual([]);
    expect(timerOf(talk)?.dueAt).toBe(Date.UTC(2026, 10, 26, 6));
    expect(talk.fire(timerOf(talk))).toContain('好了吗');
    expect(talk.commands()).not.toContainEqual(CLOSE);
    expect(timerOf(talk)?.dueAt).toBe(Date.UTC(2026, 10, 27, 6));
    talk.fire(timerOf(talk));
    expect(talk.commands()).toContainEqual(CLOSE);
  });
});

describe('an order that was late', () => {
  it('is answered for before anything is asked', () => {
    const talk = reported();
    talk.event('order.changed', eventOf('in-progress', 'fault', { version: 3 }));
    const said = talk.event(
      'order.changed',
      eventOf('resolved', 'fault', { version: 4, compensationYuan: 20 }),
    );
    expect(said[0]).toBe('order-compensated');
    expect(said.at(-1)).toBe('好了吗');
  });
});

describe('a case of the authority', () => {
  it('is answered in the words that were approved, before anything is asked', () => {
    const talk = reported();
    talk.event('order.changed', eventOf('in-progress', 'complaint', { version: 3 }));
    const answer = '多收的 20 元已退回。';
    const said = talk.event('order.changed', eventOf('resolved', 'complaint', { version: 4, answer }));
    expect(said[0]).toBe('order-answered');
    expect(said.length).toBeGreaterThan(1);
  });

  it('is answered while a human has the conversation as well, and nothing is asked then', () => {
    const talk = reported();
    talk.say('人工');
    talk.agent('claim');
    talk.event('order.changed', eventOf('in-progress', 'complaint', { version: 3 }));
    const said = talk.event(
      'order.changed',
      eventOf('resolved', 'complaint', { version: 4, answer: '已退回。' }),
    );
    expect(said).toEqual(['order-answered']);
  });
});

describe('a question of ours', () => {
  it('is asked anew when the order is reported as done again, over what was opened meanwhile by us', () => {
    const talk = reported();
    talk.isStaffed = false;
    expect(talk.say('人工')).toContain('要登记吗');
    talk.event('order.changed', eventOf('in-progress', 'fault', { version: 3 }));
    const again = talk.event('order.changed', eventOf('resolved', 'fault', { version: 4 }));
    expect(again.filter((text) => text === '好了吗')).toHaveLength(1);
    expect(talk.state.dialog?.frames.filter(({ dialog }) => dialog === 'verify-repair')).toHaveLength(1);
    expect(talk.state.dialog?.frames.at(-1)?.dialog).toBe('verify-repair');
  });

  it('is answered days later without being asked whether to go on', () => {
    const small = smallContent();
    const pickContent = () => ({
      ...small,
      dialogs: { ...dialogSet({ 'verify-repair.yaml': VERIFY }, []), patterns: small.dialogs.patterns },
    });
    const late = startConversation({ pickContent });
    late.event('order.registered', eventOf('registered'));
    late.say('在吗');
    late.now += 3 * DAY;
    expect(late.event('order.changed', eventOf('resolved'))).toContain('好了吗');
    late.now += 60_000;
    expect(late.say('好了')).not.toContain('session-resumed');
    expect(late.state.dialog?.frames).toEqual([]);
  });
});
