import type { Activity } from '../../../src/contract/activity';
import { botOwnership } from '../../../src/handoff/ownership';
import { owedPushOf } from '../../../src/turns/conversation/owed-push';
import { messageEntry } from '../../support/turns';

const session = { id: 's', contentVersion: 'v', startedAt: 1, lastAt: 5, endedAt: null };
const state = { channel: 'app' as const, session, ownership: botOwnership(1) };
const entryOf = (activity: Partial<Activity>) => ({
  ...messageEntry('c', 'k', 'hello', 9),
  activity: { type: 'event' as const, from: { id: 'service' }, ...activity },
});
const owed = (activity: Partial<Activity>) => owedPushOf(state, entryOf(activity))?.args;

describe('the push that is owed for a turn in the app', () => {
  it('says when the customer had written, for what answers them', () => {
    expect(owed({ type: 'message' })).toEqual({ heardAt: 5, isDanger: false, orderNumber: null });
    expect(owed({ name: 'agent.message' })).toMatchObject({ heardAt: 5 });
    expect(owed({ name: 'timer.due', value: { subject: 'call' } })).toMatchObject({ heardAt: 5 });
  });

  it('says that nobody has asked, for news and reminders', () => {
    const order = { number: 'F1' };
    expect(owed({ name: 'order.changed', value: { order } })).toMatchObject({
      heardAt: null,
      orderNumber: 'F1',
    });
    expect(owed({ name: 'timer.due', value: { subject: 'promise', number: 'F2' } })).toMatchObject({
      heardAt: null,
      orderNumber: 'F2',
    });
    expect(owed({ name: 'timer.due', value: { subject: 'silence' } })).toMatchObject({ heardAt: null });
  });

  it('names the order that a call has brought', () => {
    const outcome = { type: 'ok', value: { order: { number: 'F3' } } };
    expect(owed({ name: 'call.result', value: { outcome } })).toMatchObject({
      heardAt: 5,
      orderNumber: 'F3',
    });
    const other = { type: 'ok', value: { number: 7 } };
    expect(owed({ name: 'call.result', value: { outcome: other } })).toMatchObject({ orderNumber: null });
  });

  it('says when it is danger', () => {
    const ownership = { ...state.ownership, priority: 'danger' as const };
    expect(owedPushOf({ ...state, ownership }, entryOf({ type: 'message' }))?.args).toMatchObject({
      isDanger: true,
    });
  });

  it('is none on other channels, and none to who has said nothing', () => {
    expect(owedPushOf({ ...state, channel: 'web' }, entryOf({ type: 'message' }))).toBeNull();
    expect(owedPushOf({ ...state, session: null }, entryOf({ name: 'call.result' }))).toBeNull();
    expect(owedPushOf(state, entryOf({ type: 'conversationUpdate' }))).toBeNull();
  });
});
