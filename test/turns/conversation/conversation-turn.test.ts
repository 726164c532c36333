import { smallContent as smallOf, startConversation } from '../../support/conversation';
import { meaning } from '../../support/dialogs';

const order = (status: string, promiseAt: number) => ({
  order: {
    number: 'F261124ABCDEFGHJ',
    kind: 'fault',
    status,
    promiseAt,
    summary: '断网',
    appointment: null,
    updatedAt: 1,
  },
  version: 1,
});

const tested = (verdict: string) => ({ verdict, rxPowerDbm: null, speedMbps: null });

describe('a customer with the bot', () => {
  it('is greeted on joining, once', () => {
    const talk = startConversation();
    const join = () => talk.run({ type: 'conversationUpdate', from: { id: 'dl_customer', role: 'user' } });
    expect(join()).toEqual(['greeting']);
    talk.say('坏了');
    expect(join()).toEqual([]);
  });

  it('is known by the code that brought them, on WeChat and WeCom alone', () => {
    const from = { id: 'service/o1', role: 'user' as const };
    const join = { type: 'conversationUpdate' as const, from, channelData: { scene: 'shop-12' } };
    for (const [channel, shared] of [
      ['wechat', { scene: 'shop-12' }],
      ['wecom', { scene: 'shop-12' }],
      ['web', {}],
    ] as const) {
      const talk = startConversation();
      talk.run(join, { channel });
      expect(talk.state.dialog?.shared).toEqual(shared);
    }
  });

  it('gives a call as a command that carries who asks, and a clock for it', () => {
    const talk = startConversation();
    talk.say('坏了');
    expect(talk.say('家里')).toEqual(['我测一下。']);
    expect(talk.last?.commands).toMatchObject([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}:operator\.line-test:1$/),
        asker: { userId: 'dl_customer', phone: null },
        replyTo: { frameId: 'f1' },
      },
    ]);
    expect(talk.timer('call:')).toMatchObject({ dueAt: talk.now + 60_000 });
  });

  it.each([
    ['the result first', { type: 'ok', value: tested('ok') }, '结果是ok'],
    ['the time-out first', { type: 'timeout' }, '没测出来'],
  ])('takes %s and records what comes later', (_name, outcome, said) => {
    const talk = startConversation();
    talk.say('坏了');
    talk.say('家里');
    const { frameId, callId, operation } = talk.openCall();
    expect(talk.event('call.result', { frameId, callId, operation, outcome })).toEqual([said, '好了吗？']);
    expect(talk.event('call.result', { frameId, callId, operation, outcome: { type: 'timeout' } })).toEqual(
      [],
    );
    expect(talk.records('late-result')).toHaveLength(1);
  });

  it('answers the same for the same state, entry and time', () => {
    const run = () => {
      const talk = startConversation();
      talk.say('坏了');
      talk.say('家里');
      return JSON.stringify(talk.last);
    };
    expect(run()).toBe(run());
  });

  it('gives a code to the dialog sealed, and never its words', () => {
    const talk = startConversation();
    talk.say('[验证码]', { sealed: { 'one-time-code': 'v1.secret' } });
    expect(talk.json).not.toContain('v1.secret');
  });

  it('trusts a phone from a verified code, and not from a failed one', () => {
    const talk = startConversation();
    talk.say('坏了');
    const verified = (isVerified: boolean) =>
      talk.event('call.result', {
        frameId: 'f',
        callId: 'c',
        operation: 'otp.verify',
        outcome: { type: 'ok', value: { isVerified, triesLeft: 4, phone: '13800138000' } },
      });
    verified(false);
    expect(talk.state.customer).toBeNull();
    verified(true);
    expect(talk.state.customer).toMatchObject({ phone: '13800138000' });
  });
});

describe('sessions', () => {
  it('pin the content version they began with, and end with the dialog', () => {
    let current = 'v1';
    const picked: string[] = [];
    const talk = startConversation({
      pickContent: (version) => {
        picked.push(version ?? current);
        return { ...smallOf(version ?? current) };
      },
    });
    talk.say('坏了');
    current = 'v2';
    talk.say('家里');
    talk.answer({ type: 'ok', value: tested('ok') });
    talk.say('好了');
    expect(talk.state.session?.endedAt).not.toBeNull();
    talk.say('坏了');
    expect(picked).toEqual(['v1', 'v1', 'v1', 'v1', 'v2']);
    expect(talk.state.session?.contentVersion).toBe('v2');
  });

  it('go on after the dialog while it is asked what a kept question was about', () => {
    const isLikely = { candidates: [{ intent: 'coverage', probability: 0.6 }] };
    const talk = startConversation({
      pickContent: (version) => {
        const content = smallOf(version ?? 'v1');
        const understand: typeof content.understand = (text, at) =>
          text === '别处也能装吗' ? meaning(text, isLikely) : content.understand(text, at);
        return { ...content, understand };
      },
    });
    talk.say('坏了');
    talk.say('家里');
    expect(talk.say('别处也能装吗')).toEqual(['question-kept']);
    expect(talk.say('算了')).toEqual(['cancelled', 'kept-question', 'did-you-mean']);
    expect(talk.state.session?.endedAt).toBeNull();
  });

  it('do not begin with thanks after the end', () => {
    const talk = startConversation();
    talk.say('坏了');
    talk.say('家里');
    talk.answer({ type: 'ok', value: tested('ok') });
    talk.say('好了');
    const before = talk.state.session?.id;
    expect(talk.say('谢谢')).toHaveLength(1);
    expect(talk.state.session?.id).toBe(before);
    expect(talk.records('session')).toEqual([]);
  });

  it('stay open for 30 days with a question open, and a day without', () => {
    const talk = startConversation();
    talk.say('坏了');
    const first = talk.state.session?.id;
    talk.now += 29 * 24 * 3600_000;
    talk.say('家里');
    expect(talk.state.session?.id).toBe(first);
    talk.now += 31 * 24 * 3600_000;
    talk.say('坏了');
    expect(talk.state.session?.id).not.toBe(first);
    // A result for the old frame must not find the new one.
    expect(talk.state.dialog?.frames[0]?.id).not.toBe('f1');
  });
});

describe('handing over', () => {
  const toHuman = () => {
    const talk = startConversation();
    talk.say('坏了');
    talk.say('人工');
    return talk;
  };

  it('queues on the first request, with what agents see, a clock and a record', () => {
    const talk = toHuman();
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', epoch: 1, isBotServing: false });
    expect(talk.commands()).toEqual([
      {
        operation: 'queue.put',
        args: expect.objectContaining({
          epoch: 1,
          priority: 'normal',
          dialog: 'test-line',
          lastText: '人工',
        }),
      },
    ]);
    expect(talk.timer('sla')).toMatchObject({ dueAt: talk.now + 120_000 });
    expect(talk.records('ownership')).toMatchObject([{ value: { owner: 'queued' } }]);
  });

  it('keeps what is said in line, notes it once, and lets the customer go on with the bot', () => {
    const talk = toHuman();
    expect(talk.say('快点')).toEqual(['in-queue']);
    expect(talk.say('快点啊')).toEqual([]);
    expect(talk.say('算了')).toEqual(['withdrawn', '在哪里？']);
    expect(talk.state.ownership.owner).toBe('bot');
    expect(talk.commands()).toEqual([
      { operation: 'queue.remove', args: { conversationId: 'conv', epoch: 2, agentId: null } },
    ]);
  });

  it('says so when nobody is on duty, keeps the place in line and offers an order', () => {
    const talk = startConversation();
    talk.isStaffed = false;
    talk.say('坏了');
    const said = talk.say('人工');
    expect(said.at(-1)).toBe('没有同事在线，要登记吗？');
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', isBotServing: true });
    expect(talk.say('不用').at(-1)).toBe('在哪里？');
    expect(talk.agent('claim')).toHaveLength(1);
  });

  it('raises a wait past its promise, tells the customer and offers an order', () => {
    const talk = toHuman();
    const said = talk.fire(talk.timer('sla'));
    expect(said).toEqual(['queue-late', '没有同事在线，要登记吗？']);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', priority: 'high', isBotServing: true });
    expect(talk.commands()).toMatchObject([{ operation: 'queue.put', args: { priority: 'high' } }]);
    expect(talk.records('breach')).toMatchObject([
      { value: { subject: 'queue-wait', percent: 100, targetMs: 120_000 } },
    ]);
    expect(talk.records('sla-outcome')).toMatchObject([{ value: { policy: 'queue-wait', isKept: false } }]);
  });

  it('does not fire the wait of a stretch that is over', () => {
    const talk = toHuman();
    const timer = talk.timer('sla');
    talk.agent('claim');
    expect(talk.records('sla-outcome')).toMatchObject([{ value: { policy: 'queue-wait', isKept: true } }]);
    expect(talk.state.clocks.map(({ subject }) => subject)).toEqual(['first-human-reply']);
    expect(talk.fire(timer)).toEqual([]);
  });

  it('raises danger to the top and offers nothing in between', () => {
    const talk = startConversation();
    talk.isStaffed = false;
    expect(talk.say('触电')).toHaveLength(1);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', priority: 'danger' });
  });
});

describe('a human', () => {
  const claimed = () => {
    const talk = startConversation();
    talk.say('坏了');
    talk.say('家里');
    talk.say('人工');
    talk.agent('claim');
    return talk;
  };

  it('joins by name, is heard, and the bot is silent', () => {
    const talk = claimed();
    expect(talk.last?.result).toEqual({ status: 'changed', reason: null, epoch: 2 });
    talk.agent('message', { text: '您好' });
    expect(talk.last?.replies).toMatchObject([
      { text: '您好', from: { role: 'agent', name: '0251 号客服' } },
    ]);
    expect(talk.say('人工')).toEqual([]);
  });

  it('is refused what another one has', () => {
    const talk = claimed();
    talk.agent('claim', { agentId: 'a2' });
    expect(talk.last?.result).toMatchObject({ status: 'refused', reason: 'taken' });
    talk.agent('message', { agentId: 'a2', text: '我来' });
    expect(talk.last).toMatchObject({ result: { reason: 'not-yours' }, replies: [] });
  });

  it('is not talked over by a result; the bot takes it up afterwards, before the step it goes on at', () => {
    const talk = claimed();
    expect(talk.answer({ type: 'ok', value: tested('low-light') })).toEqual([]);
    expect(talk.records('unshown')).toHaveLength(1);
    const said = talk.agent('release', { resumeAt: null });
    expect(said.slice(1)).toEqual(['结果是low-light', '好了吗？']);
    expect(talk.state.ownership.owner).toBe('bot');
  });

  it('gives back at a named step', () => {
    const talk = claimed();
    talk.answer({ type: 'ok', value: tested('ok') });
    expect(talk.agent('release', { resumeAt: 'verify' }).at(-1)).toBe('好了吗？');
  });

  it('closes, writes up, and leaves the conversation to the bot', () => {
    const talk = claimed();
    talk.agent('close', { note: 'done' });
    expect(talk.state).toMatchObject({ ownership: { owner: 'wrap-up' }, dialog: { frames: [] } });
    expect(talk.say('坏了')).toEqual(['在哪里？']);
    talk.agent('finish');
    expect(talk.state.ownership.owner).toBe('bot');
  });

  it('who forgets to finish does not keep it', () => {
    const talk = claimed();
    talk.agent('close', { note: 'done' });
    talk.fire(talk.timer('wrap-up:'));
    expect(talk.state.ownership.owner).toBe('bot');
  });

  it('transfers to the front of the line', () => {
    const talk = claimed();
    talk.agent('transfer', { note: '需要二线' });
    expect(talk.commands()).toMatchObject([
      { operation: 'queue.put', args: { priority: 'high', reason: '需要二线' } },
    ]);
  });
});

describe('what cannot be worked off', () => {
  it.each([
    ['a message', { type: 'message' as const, text: '坏了', from: { id: 'dl_customer' } }, ['failed']],
    [
      'a result that is waited for',
      { type: 'event' as const, name: 'call.result', from: { id: 'service' } },
      ['failed'],
    ],
    [
      'an event that nobody waits for',
      { type: 'event' as const, name: 'order.changed', from: { id: 'service' } },
      [],
    ],
  ])('is said to who waits, and put before a human: %s', (_name, activity, said) => {
    const talk = startConversation();
    talk.say('坏了');
    expect(talk.fail(activity)).toEqual(said);
    expect(talk.state).toMatchObject({
      ownership: { owner: 'queued', priority: 'high', reason: 'turn-failed' },
      dialog: { frames: [{ dialog: 'test-line' }] },
    });
  });
});

describe('an order of the conversation', () => {
  it('is looked at when a threshold of its clocks is due: Postgres decides whether it is', () => {
    const talk = startConversation();
    talk.event('order.registered', { ...order('registered', talk.now + 4000), nextAt: talk.now + 3000 });
    const timer = talk.timer('promise:');
    expect(timer).toMatchObject({ dueAt: talk.now + 3000 });
    expect(talk.fire(timer)).toEqual([]);
    expect(talk.commands()).toEqual([
      { operation: 'work-order.check', args: { number: 'F261124ABCDEFGHJ' } },
    ]);
  });

  it('of an earlier release is looked at when its promise is due', () => {
    const talk = startConversation();
    talk.event('order.registered', order('registered', talk.now + 1000));
    expect(talk.timer('promise:')).toMatchObject({ dueAt: talk.now + 1000 });
  });

  it('that is over is not looked at any more', () => {
    const talk = startConversation();
    talk.event('order.registered', { ...order('registered', talk.now + 1000), nextAt: talk.now + 500 });
    const timer = talk.timer('promise:');
    talk.event('order.changed', { ...order('resolved', talk.now + 1000), nextAt: null });
    expect(talk.last?.cancelTimers).toContain(timer?.id);
  });
});
