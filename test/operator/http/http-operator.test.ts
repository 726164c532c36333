import { serveOperator } from '../../../src/operator/http/serve-operator';
import { describeOperator } from '../operator-suite';
import { createSimulatedSubject } from '../subject';
import { createTestCalls, openApi, SECRET } from './host';

/** The simulated operator behind its API, reached by the adapter. */
describeOperator('over HTTP', async () => {
  const subject = createSimulatedSubject();
  const api = await openApi(serveOperator(subject.operator), [SECRET], subject.now);
  const calls = createTestCalls(api.url, { clock: subject.now });
  return {
    ...subject,
    operator: calls.operator,
    close: async () => {
      calls.close();
      await api.close();
    },
  };
});

describe('the operator over HTTP', () => {
  it('is refused without the right secret, and not tried again', async () => {
    const { operator } = createSimulatedSubject();
    const api = await openApi(serveOperator(operator));
    const wrong = createTestCalls(api.url, { secrets: ['another-secret-altogether'] });
    await expect(wrong.operator.listPlans()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('http-401'),
    });
    expect(wrong.pauses).toEqual([]);
    const both = createTestCalls(api.url, { secrets: ['another-secret-altogether', SECRET] });
    await expect(both.operator.listPlans()).resolves.toHaveLength(3);
    await api.close();
  });

  it('acts once when the answer to an act came too late', async () => {
    const subject = createSimulatedSubject();
    const answers = serveOperator(subject.operator);
    let isFirst = true;
    const api = await openApi({
      ...answers,
      async reserveSlot(wanted, key) {
        const answer = await answers.reserveSlot(wanted, key);
        if (!isFirst) return answer;
        isFirst = false;
        return new Promise(() => undefined);
      },
    });
    const calls = createTestCalls(api.url, { timeouts: { reserveSlot: 100 } });
    const [slot] = await subject.operator.listSlots({ kind: 'repair', address: '翠屏国际城7幢' });
    const wanted = { slotId: slot?.id ?? '' };
    const answer = await calls.operator.reserveSlot(wanted, 'once');
    expect(answer).toMatchObject({ status: 'reserved', appointment: { startAt: slot?.startAt } });
    expect(calls.pauses).toHaveLength(1);
    await api.close();
  });

  it('refuses acts without a key', async () => {
    const api = await openApi(serveOperator(createSimulatedSubject().operator));
    const { call } = createTestCalls(api.url);
    await expect(call('releaseSlot', { appointmentId: 'x' })).rejects.toMatchObject({
      message: expect.stringContaining('http-400'),
    });
    await api.close();
  });
});
