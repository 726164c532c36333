import type { PolicySet } from '../../../src/sla/policy/policies';
import { startConversation } from '../../support/conversation';
import { shippedPolicies } from '../../support/policies';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NUMBER = 'F261124ABCDEFGHJ';

const eventOf = (changed: Record<string, unknown> = {}, event: Record<string, unknown> = {}) => ({
  order: {
    number: NUMBER,
    kind: 'fault',
    status: 'registered',
    promiseAt: 1,
    summary: '断网',
    appointment: null,
    updatedAt: 1,
    ...changed,
  },
  version: 1,
  change: 'status',
  nextAt: null,
  ...event,
});
const lapse = (percent: number, actions: unknown[], changed: Record<string, unknown> = {}) => ({
  policy: 'fault-promise',
  clock: 'promise',
  percent,
  wasDueAt: null,
  newAt: null,
  actions,
  ...changed,
});
const BROKEN = [
  { type: 'raise-priority', to: 'high' },
  { type: 'tell-supervisor' },
  { type: 'tell-customer', pattern: 'promise-renewed' },
  { type: 'hand-off', priority: 'high' },
];

describe('a bot without progress', () => {
  it('hands over after four messages in vain, says so once, and stops counting', () => {
    const talk = startConversation();
    const said = [1, 2, 3, 4].flatMap(() => talk.say('不知所云'));
    expect(said.filter((text) => text === 'bot-stuck')).toHaveLength(1);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', reason: 'sla:bot-progress' });
    expect(talk.records('breach')).toMatchObject([{ value: { subject: 'bot-progress', percent: 100 } }]);
    expect(talk.state).toMatchObject({ stuckTurns: 0 });
  });

  it('hands over a quarter of an hour after the second message in vain', () => {
    const talk = startConversation();
    talk.say('不知所云');
    expect(talk.state.clocks).toEqual([]);
    talk.say('不知所云');
    const timer = talk.timer('sla');
    expect(timer).toMatchObject({ dueAt: talk.now + 15 * MINUTE });
    expect(talk.fire(timer)).toEqual(['bot-stuck']);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', priority: 'normal' });
  });

  it('begins anew with a concern that is understood', () => {
    const talk = startConversation();
    talk.say('不知所云');
    talk.say('不知所云');
    talk.say('坏了');
    expect(talk.state).toMatchObject({ stuckTurns: 0, clocks: [] });
    expect(talk.last?.cancelTimers).toContain('sla');
  });
});

describe('a first reply', () => {
  it('is kept by what the bot says at once, and is counted', () => {
    const talk = startConversation();
    talk.say('坏了');
    expect(talk.records('sla-outcome')).toMatchObject([{ value: { policy: 'first-reply', isKept: true } }]);
    expect(talk.state.clocks).toEqual([]);
  });

  it('is not owed to thanks after the end', () => {
    const talk = startConversation();
    talk.say('人工');
    talk.agent('claim');
    talk.agent('close', { note: '' });
    talk.say('谢谢');
    expect(talk.records('sla-outcome')).toEqual([]);
    expect(talk.state.clocks).toEqual([]);
  });
});

describe('a human', () => {
  const claimed = () => {
    const talk = startConversation();
    talk.say('人工');
    talk.now += MINUTE;
    talk.agent('claim');
    return talk;
  };
  const running = (talk: ReturnType<typeof startConversation>) =>
    talk.state.clocks.map(({ subject }) => subject);

  it('owes a first reply from the wish on, and each next one', () => {
    const talk = claimed();
    expect(running(talk)).toEqual(['first-human-reply']);
    talk.say('在吗');
    expect(running(talk)).toEqual(['first-human-reply']);
    talk.agent('message', { text: '您好' });
    expect(talk.records('sla-outcome')).toMatchObject([
      { value: { policy: 'first-human-reply', isKept: true } },
    ]);
    talk.say('还在吗');
    expect(running(talk)).toEqual(['next-human-reply']);
    expect(talk.timer('sla')).toMatchObject({ dueAt: talk.now + 5 * MINUTE });
    talk.agent('message', { text: '在' });
    expect(talk.records('sla-outcome')).toMatchObject([
      { value: { policy: 'next-human-reply', isKept: true } },
    ]);
    expect(running(talk)).toEqual([]);
  });

  it('who is late is reported to the supervisor, and nothing is said over them', () => {
    const talk = claimed();
    talk.agent('message', { text: '您好' });
    talk.say('还在吗');
    expect(talk.fire(talk.timer('sla'))).toEqual([]);
    expect(talk.commands()).toEqual([
      {
        operation: 'supervisor.tell',
        args: { policy: 'next-human-reply', percent: 100, reason: 'sla-threshold' },
      },
    ]);
    expect(talk.state.ownership.owner).toBe('human');
  });

  it('owes nothing to thanks', () => {
    const talk = claimed();
    talk.agent('message', { text: '您好' });
    talk.say('谢谢');
    expect(running(talk)).toEqual([]);
  });
});

describe('a wait', () => {
  it('fires each overdue threshold once and in order, after hours of nothing', () => {
    const talk = startConversation();
    talk.say('人工');
    const timer = talk.timer('sla');
    talk.now += 5 * HOUR;
    talk.event('timer.due', timer?.value);
    expect(talk.records('breach').map(({ value }) => [value.subject, value.percent])).toEqual([
      ['queue-wait', 100],
      ['queue-wait', 500],
      ['first-human-reply', 100],
    ]);
    talk.event('timer.due', timer?.value);
    expect(talk.records('breach')).toEqual([]);
  });

  it('that began before there were clocks has one from when it began', () => {
    const talk = startConversation();
    talk.say('人工');
    const { clocks: _clocks, ...state } = talk.state;
    talk.json = JSON.stringify({ ...state, schema: 1 });
    talk.now += MINUTE;
    talk.say('快点');
    expect(talk.timer('sla')).toMatchObject({ dueAt: talk.state.ownership.since + 2 * MINUTE });
  });

  it('goes on under the policies of today with what has elapsed', () => {
    const talk = startConversation();
    talk.say('人工');
    const longer: PolicySet = {
      ...shippedPolicies,
      hash: 'longer',
      policies: shippedPolicies.policies.map((policy) =>
        policy.id === 'queue-wait' ? { ...policy, target: { minutes: 10 } } : policy,
      ),
    };
    const later = startConversation({ policies: longer });
    later.json = talk.json;
    later.now = talk.now + MINUTE;
    later.say('快点');
    expect(later.timer('sla')).toMatchObject({ dueAt: talk.now + 10 * MINUTE });
  });
});

describe('a lapse of an order', () => {
  const broken = (talk: ReturnType<typeof startConversation>) =>
    talk.event(
      'order.lapsed',
      eventOf(
        { promiseAt: talk.now + 4 * HOUR },
        { version: 2, lapse: lapse(100, BROKEN, { wasDueAt: talk.now }) },
      ),
    );
  const withOrder = () => {
    const talk = startConversation();
    talk.say('坏了');
    talk.event('order.registered', eventOf({ promiseAt: talk.now + 4 * HOUR }));
    talk.now += 4 * HOUR;
    return talk;
  };

  it('at three quarters is told to people, not to the customer', () => {
    const talk = withOrder();
    const actions = [{ type: 'raise-priority', to: 'high' }, { type: 'tell-supervisor' }];
    expect(talk.event('order.lapsed', eventOf({}, { lapse: lapse(75, actions) }))).toEqual([]);
    expect(talk.state.ownership.owner).toBe('bot');
    // The supervisor was told where the clock stands.
    expect(talk.commands()).toEqual([]);
  });

  it('tells the customer the truth and hands over, once', () => {
    const talk = withOrder();
    expect(broken(talk)).toEqual(['promise-renewed']);
    expect(talk.state.ownership).toMatchObject({
      owner: 'queued',
      priority: 'high',
      reason: `promise-lapsed:${NUMBER}`,
    });
    expect(talk.state.orders).toMatchObject([
      { promiseAt: talk.now + 4 * HOUR, toldAt: talk.now + 4 * HOUR },
    ]);
    const { epoch } = talk.state.ownership;
    broken(talk);
    expect(talk.state.ownership.epoch).toBe(epoch);
  });

  it('is measured from the visit that the customer moved, and a remark is not told', () => {
    const talk = withOrder();
    const visit = { id: 'v', startAt: talk.now + 46 * HOUR, endAt: talk.now + 48 * HOUR };
    const moved = { appointment: visit, promiseAt: visit.endAt };
    const own = { change: 'appointed', isOwn: true, version: 2 };
    expect(talk.event('order.changed', eventOf(moved, own))).toEqual([]);
    expect(talk.state.orders).toMatchObject([{ promiseAt: visit.endAt, toldAt: visit.endAt }]);
    const remark = eventOf(moved, { change: 'remark', version: 3 });
    expect(talk.event('order.changed', remark)).toEqual([]);
  });

  it('is never told over a human', () => {
    const talk = withOrder();
    talk.say('人工');
    talk.agent('claim');
    expect(broken(talk)).toEqual([]);
    expect(talk.records('unshown')).toHaveLength(1);
    expect(talk.state.ownership.owner).toBe('human');
  });

  it('at night goes before people at once, and is told in the morning with the time that holds then', () => {
    const talk = withOrder();
    talk.now = Date.UTC(2026, 10, 24, 18);
    expect(broken(talk)).toEqual([]);
    expect(talk.state.ownership.owner).toBe('queued');
    const held = talk.timer('held:');
    expect(held).toMatchObject({ dueAt: Date.UTC(2026, 10, 25) });
    expect(talk.fire(held)).toEqual(['promise-renewed']);
  });

  it('that was done in the meantime is not told in the morning', () => {
    const talk = withOrder();
    talk.now = Date.UTC(2026, 10, 24, 18);
    broken(talk);
    const held = talk.timer('held:');
    talk.event('order.changed', eventOf({ status: 'resolved' }));
    expect(talk.fire(held)).toEqual([]);
  });

  it('at night is told to who has just written', () => {
    const talk = withOrder();
    talk.now = Date.UTC(2026, 10, 24, 18);
    talk.say('在吗');
    expect(broken(talk)).toContain('promise-renewed');
  });
});

describe('a pause of an order', () => {
  const pause = (reason: string, isDisputed = false) => ({ pause: { reason, since: 1, isDisputed } });
  it('is shown with its reason, and its end with the new time', () => {
    const talk = startConversation();
    talk.event('order.registered', eventOf({ promiseAt: talk.now + HOUR }));
    const paused = eventOf(pause('customer-unreachable'), { version: 2, change: 'paused' });
    expect(talk.event('order.changed', paused)).toEqual(['order-paused']);
    expect(talk.state.orders).toMatchObject([{ pause: { reason: 'customer-unreachable' } }]);
    expect(
      talk.event('order.changed', eventOf(pause('customer-unreachable', true), { change: 'disputed' })),
    ).toEqual([]);
    expect(talk.event('order.changed', eventOf({}, { change: 'resumed' }))).toEqual(['order-resumed']);
    expect(talk.event('order.changed', eventOf({}, { change: 'clock' }))).toEqual([]);
  });
});
