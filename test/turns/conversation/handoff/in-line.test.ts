import type { DeskFacts } from '../../../../src/contract/conversation';
import { type Routing, routingOf } from '../../../../src/handoff/routing/routing';
import { routingSchema } from '../../../../src/handoff/routing/routing-schema';
import { wantsCallBack, wantsToLeave } from '../../../../src/turns/conversation/handoff/in-line';
import { smallContent, startConversation } from '../../../support/conversation';
import { shippedPolicies } from '../../../support/policies';

const name = { zh: '组', en: 'Group' };
const routing: Routing = routingOf(
  routingSchema.parse({
    defaultGroup: 'general',
    groups: [
      { id: 'general', name },
      { id: 'fault', name, hours: 'desk-hours', overflow: { to: 'night', afterSeconds: 30 } },
      { id: 'night', name },
      { id: 'orders', name, whenAbsent: 'order' },
      { id: 'waiters', name, whenAbsent: 'wait' },
      { id: 'leads', name, isNamedOnly: true },
    ],
    rules: [
      { to: 'leads', when: { priorities: ['danger'] } },
      { to: 'orders', when: { customerLevels: ['vip'] } },
      { to: 'waiters', when: { care: true } },
      { to: 'fault', when: { dialogs: ['test-line'] } },
    ],
  }),
  shippedPolicies.calendars,
);

/** The words that speak of places, with what they are told. */
const content = () => {
  const small = smallContent();
  const words = (start: string) => ({ zh: `${start} {{ ahead }} {{ minutes }}`, en: start });
  const patterns = {
    ...small.dialogs.patterns,
    'in-queue': words('in-queue'),
    'queue-place': words('queue-place'),
  };
  return { ...small, dialogs: { ...small.dialogs, patterns } };
};

const facts = (rest: Partial<DeskFacts> = {}): DeskFacts => ({
  groups: ['general', 'fault', 'night', 'leads'],
  waits: {},
  place: null,
  ...rest,
});

const begin = () => startConversation({ routing, pickContent: content });
type Talk = ReturnType<typeof begin>;
const queued = (desk: DeskFacts = facts()) => {
  const talk = begin();
  talk.say('坏了');
  return { talk, said: talk.say('人工', { desk }) };
};
const item = (talk: Talk) => talk.commands().find(({ operation }) => operation === 'queue.put')?.args;

describe('in line for a human', () => {
  it('waits for the group of its matter, and says how many are before one and for how long', () => {
    const { talk, said } = queued(facts({ waits: { fault: { ahead: 3, minutes: 7 } } }));
    expect(said).toEqual(['handing-over', 'queue-place 3 7']);
    expect(item(talk)).toMatchObject({ group: 'fault', locale: 'zh', headStartMs: 0, lastAgentId: null });
    expect(talk.say('在吗', { desk: facts({ place: { ahead: 2, minutes: null } }) })).toEqual([
      'in-queue 2 0',
    ]);
  });

  it('has buttons to leave or be called back where no page has them, and none in danger', () => {
    const talk = begin();
    talk.say('坏了', { channel: 'wechat' });
    talk.say('人工', { channel: 'wechat', desk: facts({ waits: { fault: { ahead: 1, minutes: null } } }) });
    const taps = () => talk.last?.replies.flatMap(({ suggestedActions }) => suggestedActions?.actions ?? []);
    expect(taps()?.map(({ title }) => title)).toEqual(['登记回电', '不等了']);
    talk.say('触电', { channel: 'wechat', desk: facts() });
    expect(talk.say('在吗', { channel: 'wechat', desk: facts() })).toEqual(['in-queue 0 0']);
    expect(taps()).toEqual([]);
  });

  it('says nothing of a place that is the next', () => {
    const { said } = queued(facts({ waits: { fault: { ahead: 0, minutes: 2 } } }));
    expect(said).toEqual(['handing-over']);
  });

  it.each(['不等了', '不想再等了', 'Leave the line', '算了'])('is left by "%s"', (words) => {
    const { talk } = queued();
    expect(talk.say(words, { desk: facts() })).toEqual(['withdrawn', '在哪里？']);
    expect(talk.state.ownership).toMatchObject({ owner: 'bot' });
  });

  it('becomes a call-back when that is asked for, and the place in line stays', () => {
    const { talk } = queued();
    expect(talk.say('登记回电', { desk: facts() })).toEqual(['打哪个号码？']);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', isBotServing: true });
    expect(talk.say('139', { desk: facts() }).at(-1)).toBe('在哪里？');
    // Whoever comes later is asked again.
    expect(talk.state.dialog?.shared).toEqual({});
  });

  it.each([
    ['回电', true],
    ['给我打个电话吧', true],
    ['call me back', true],
    ['电话坏了', false],
    ['还要等多久', false],
    [`${'很'.repeat(80)}回电`, false],
  ])('reads "%s" as a wish for a call-back: %s', (words, is) => {
    expect(wantsCallBack(words)).toBe(is);
    expect(wantsToLeave(words)).toBe(false);
  });

  it('keeps what is said for the agent, and goes on with danger over every group', () => {
    const { talk } = queued();
    expect(talk.say('触电', { desk: facts() })).toEqual(['danger-physical']);
    expect(item(talk)).toMatchObject({ group: 'leads', priority: 'danger', lastText: '触电' });
    expect(talk.say('登记回电', { desk: facts() })).not.toContain('打哪个号码？');
  });
});

describe('with nobody there', () => {
  it('asks whether a call-back is wanted, and goes on serving', () => {
    const { talk, said } = queued(facts({ groups: ['general'] }));
    expect(said).toEqual(['没有同事在线，要登记吗？']);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', isBotServing: true });
  });

  it('counts who is on duty in a group that it overflows to', () => {
    expect(queued(facts({ groups: ['night'] })).said).toEqual(['handing-over']);
  });

  const customer = (shared: Record<string, unknown>) => {
    const talk = begin();
    talk.say('坏了');
    const state = JSON.parse(talk.json);
    talk.json = JSON.stringify({ ...state, dialog: { ...state.dialog, shared } });
    return talk;
  };

  it('registers an order without asking, where the policy says so', () => {
    const talk = customer({ customerLevel: 'vip' });
    expect(talk.say('人工', { desk: facts() })).toEqual(['打哪个号码？']);
    expect(item(talk)).toMatchObject({ group: 'orders', customerLevel: 'vip' });
  });

  it('says only that the words are kept, where the policy offers nothing', () => {
    const talk = customer({ careMode: true });
    expect(talk.say('人工', { desk: facts() })).toEqual(['nobody-wait']);
    expect(item(talk)).toMatchObject({ group: 'waiters', headStartMs: 15 * 60_000 });
  });

  it('says when a group that is closed opens again; danger knows no hours', () => {
    const talk = begin();
    talk.say('坏了');
    // 23:00 in Shanghai.
    talk.now += 13 * 3600_000;
    const closed = facts({ groups: ['fault'] });
    expect(talk.say('人工', { desk: closed })).toEqual(['desk-closed', '没有同事在线，要登记吗？']);
    const other = begin();
    other.now += 13 * 3600_000;
    other.say('触电', { desk: facts({ groups: ['leads'] }) });
    expect(other.state.ownership).toMatchObject({ isBotServing: false, priority: 'danger' });
  });
});

describe('from agent to agent', () => {
  const withAgent = () => {
    const { talk } = queued();
    talk.agent('claim');
    return talk;
  };

  it('counts for the agent until the wrap-up is over', () => {
    const talk = withAgent();
    const counted = () => talk.commands().find(({ operation }) => operation === 'queue.remove')?.args.agentId;
    expect(counted()).toBe('a1');
    talk.agent('close', { note: '' });
    expect(counted()).toBe('a1');
    expect(talk.timer('wrap-up:')).toMatchObject({ dueAt: talk.now + 600_000 });
    talk.agent('finish');
    expect(counted()).toBeNull();
    talk.say('坏了');
    talk.say('人工', { desk: facts() });
    expect(item(talk)).toMatchObject({ lastAgentId: 'a1', avoidAgentId: null });
  });

  it.each([
    [{ agentId: 'a2' }, { wantedAgentId: 'a2', group: 'fault' }],
    [{ group: 'night' }, { wantedAgentId: null, group: 'night' }],
    [undefined, { wantedAgentId: null, group: 'fault' }],
  ])('is passed to %o with a note, in front of the others', (to, expected) => {
    const talk = withAgent();
    talk.agent('transfer', { note: '要懂光猫', to });
    expect(item(talk)).toMatchObject({
      ...expected,
      note: '要懂光猫',
      avoidAgentId: 'a1',
      // High, given back, and ten minutes are left until the first reply of a human is due.
      headStartMs: (30 + 60 + 20) * 60_000,
    });
  });

  it('goes back in front when the agent is lost, once, and the customer hears it', () => {
    const talk = withAgent();
    const { epoch } = talk.state.ownership;
    expect(talk.agent('lost', { epoch: epoch - 1 })).toEqual([]);
    expect(talk.agent('lost', { epoch })).toEqual(['agent-lost']);
    expect(item(talk)).toMatchObject({
      reason: 'agent-lost',
      note: expect.stringContaining('0251'),
      avoidAgentId: 'a1',
      // High, given back, and ten minutes are left until the first reply of a human is due.
      headStartMs: (30 + 60 + 20) * 60_000,
    });
    expect(talk.agent('lost', { epoch })).toEqual([]);
    expect(talk.agent('claim')).toHaveLength(1);
  });

  it('is served by the bot when the agent is lost and nobody else is there', () => {
    const talk = withAgent();
    talk.isStaffed = false;
    const { epoch } = talk.state.ownership;
    expect(talk.agent('lost', { epoch })).toEqual(['agent-lost', '没有同事在线，要登记吗？']);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', isBotServing: true });
  });
});
