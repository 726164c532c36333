import { CallError } from '../../../src/web/shared/call';
import { createOutgoing, type OutgoingOptions, type SendState } from '../../../src/web/shared/outgoing';
import type { Keep } from '../../../src/web/shared/session';
import { until } from '../../support/turns';

function createMemory(): Keep {
  const kept = new Map<string, string>();
  return { read: (name) => kept.get(name) ?? null, write: (name, value) => void kept.set(name, value) };
}

/** Meets each call with the next of these, null being a success. */
function start(answers: (CallError | null)[], keep = createMemory()) {
  const posted: string[] = [];
  const states: [string, SendState][] = [];
  const call = async (_method: string, _path: string, { body }: { body?: unknown } = {}) => {
    const answer = answers.shift() ?? null;
    if (answer) throw answer;
    posted.push((body as { text: string }).text);
    return {};
  };
  const outgoing = createOutgoing({
    session: { call } as unknown as OutgoingOptions['session'],
    keep,
    locale: () => 'zh',
    conversationId: () => 'c',
    onState: (id, state) => void states.push([id, state]),
    pause: () => Promise.resolve(),
  });
  return { outgoing, posted, states, keep };
}

const unreachable = new CallError(0, 'unreachable', 0);

describe('texts on their way', () => {
  it('go out one after the other, however long the first takes', async () => {
    const { outgoing, posted } = start([unreachable, unreachable, unreachable]);
    for (const text of ['1', '2', '3']) outgoing.send(text);
    await until(() => posted.length === 3);
    expect(posted).toEqual(['1', '2', '3']);
  });

  it('are kept until the log shows them, and sent again by the next page under the same id', async () => {
    const first = start([]);
    const { id } = first.outgoing.send('在吗');
    await until(() => first.posted.length === 1);
    const next = start([], first.keep);
    await until(() => next.posted.length === 1);
    expect(next.outgoing.unsent()).toMatchObject([{ id, text: '在吗' }]);
    next.outgoing.forget(id);
    expect(start([], first.keep).outgoing.unsent()).toEqual([]);
  });

  it('say how they are doing, and what is refused for good holds up no other', async () => {
    const { outgoing, posted, states } = start([
      new CallError(429, '', 10),
      unreachable,
      null,
      new CallError(400, '', 0),
    ]);
    const slow = outgoing.send('快');
    const bad = outgoing.send('坏');
    outgoing.send('好');
    await until(() => posted.length === 2);
    expect(posted).toEqual(['快', '好']);
    expect(states).toContainEqual([slow.id, 'slow']);
    expect(states.filter(([id]) => id === bad.id).at(-1)?.[1]).toBe('failed');
    outgoing.retry(bad.id);
    await until(() => posted.includes('坏'));
  });
});
