import { startConversation } from '../../support/conversation';

const covered = { type: 'ok', value: { isCovered: true, maxMbps: 1000 } };
const changed = {
  type: 'ok',
  value: { plan: { id: 'p1', name: '1000M 融合', mbps: 1000, monthlyYuan: 199 }, effectiveAt: 1 },
};
const note = (text: string) => ({
  operation: 'desk.note',
  args: { text: expect.stringContaining(text) },
});
const withdrawn = (talk: ReturnType<typeof startConversation>) =>
  talk.commands().filter(({ operation }) => operation === 'call.withdraw');

describe('an answer that is late', () => {
  function late() {
    const talk = startConversation();
    talk.say('能装吗');
    const call = talk.openCall();
    expect(talk.last?.commands).toMatchObject([{ timeoutMs: 8000, lateMs: 1_800_000 }]);
    expect(talk.fire(talk.timer('call:'))).toEqual(['answer-late']);
    const outcome = (value: unknown) => talk.event('call.result', { ...call, outcome: value });
    return { talk, call, outcome };
  }

  it('is told of when its time is over, and told when it comes', () => {
    const { talk, outcome } = late();
    expect(talk.state.ownership.owner).toBe('bot');
    expect(talk.say('喂')).toEqual(['still-late']);
    expect(outcome(covered)).toEqual(['answer-here', '最高1000', '换哪个？']);
    expect(outcome(covered)).toEqual([]);
    expect(talk.records('late-result')).toHaveLength(1);
  });

  it('goes to a human once it would be of no more use', () => {
    const { talk, outcome } = late();
    const limit = talk.timer('call:');
    expect(limit?.dueAt).toBe(talk.now + 1_800_000);
    expect(outcome({ type: 'timeout' })).toEqual([]);
    talk.fire(limit);
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', reason: 'coverage-unknown' });
    expect(outcome(covered)).toEqual([]);
  });

  it('is a note for the agent who has the conversation meanwhile, and told once when the bot has it again', () => {
    const { talk, outcome } = late();
    talk.say('人工');
    talk.agent('claim');
    expect(outcome(covered)).toEqual([]);
    expect(talk.commands()).toEqual([note('可装，最高 1000M')]);
    expect(talk.agent('release', { resumeAt: null })).toEqual([
      'agent-left',
      'answer-here',
      '最高1000',
      '换哪个？',
    ]);
  });

  it('takes the place of a time-out that came while an agent had the conversation', () => {
    const talk = startConversation();
    talk.say('能装吗');
    const call = talk.openCall();
    const timer = talk.timer('call:');
    talk.say('人工');
    talk.agent('claim');
    expect(talk.fire(timer)).toEqual([]);
    talk.event('call.result', { ...call, outcome: covered });
    expect(talk.agent('release', { resumeAt: null })).toEqual(['agent-left', '最高1000', '换哪个？']);
  });

  it('is no longer wanted when the customer cancels, or an agent closes the conversation', () => {
    const { talk, call, outcome } = late();
    const taken = { frameId: call.frameId, callId: call.callId };
    expect(talk.say('算了')).toEqual(['cancelled']);
    expect(withdrawn(talk)).toEqual([{ operation: 'call.withdraw', args: taken }]);
    expect(outcome(covered)).toEqual([]);
    expect(talk.commands()).toEqual([]);

    const closed = late();
    closed.talk.say('人工');
    closed.talk.agent('claim');
    closed.talk.agent('close', { disposition: null, note: '' });
    expect(withdrawn(closed.talk)).toHaveLength(1);
    expect(closed.outcome(covered)).toEqual([]);
  });
});

describe('a change whose answer is late', () => {
  function late() {
    const talk = startConversation();
    talk.say('能装吗');
    talk.answer(covered);
    talk.say('大的');
    const call = talk.openCall();
    expect(talk.fire(talk.timer('call:'))).toEqual(['change-late']);
    return { talk, outcome: (value: unknown) => talk.event('call.result', { ...call, outcome: value }) };
  }

  it('is told when it is done', () => {
    const { outcome } = late();
    expect(outcome(changed)).toEqual(['answer-here', '换好了']);
  });

  it('is checked by a human when the customer stops it, who learns that it was done after all', () => {
    const { talk, outcome } = late();
    expect(talk.say('算了')[0]).toBe('change-stopped');
    expect(withdrawn(talk)).toHaveLength(1);
    expect(talk.state.ownership).toMatchObject({
      owner: 'queued',
      reason: 'change-stopped',
      priority: 'high',
    });
    expect(outcome(changed)).toEqual([]);
    expect(talk.commands()).toEqual([note('已换成 1000M 融合')]);
  });
});

describe('the level of a customer', () => {
  it('is known to the line for humans once the account was read', () => {
    const talk = startConversation();
    talk.say('能装吗');
    const read = { frameId: 'gone', callId: 'c', operation: 'operator.customer' };
    const value = { customer: { level: 'gold' } };
    talk.event('call.result', { ...read, outcome: { type: 'ok', value } });
    expect(talk.state.dialog?.shared.customerLevel).toBe('gold');
    talk.say('人工');
    expect(talk.commands()).toContainEqual({
      operation: 'queue.put',
      args: expect.objectContaining({ customerLevel: 'gold' }),
    });
  });
});
