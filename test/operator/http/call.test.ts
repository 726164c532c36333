import { type AddressInfo, createServer } from 'node:net';
import { setImmediate as nextTick } from 'node:timers/promises';
import fc from 'fast-check';
import { isSignedCall } from '../../../src/operator/http/sign-call';
import { pauseBefore } from '../../../src/operator/http/try-calls';
import { SEED } from '../../support/size';
import { answerJson, createTestCalls, openOddServer, SECRET } from './host';

const PLANS = { plans: [{ id: 'p', name: 'n', mbps: 300, monthlyYuan: 79 }] };
type Answer = Parameters<typeof openOddServer>[0];

describe('a call to the operator', () => {
  let server: Awaited<ReturnType<typeof openOddServer>> | undefined;
  afterEach(() => server?.close());
  const open = async (answer: Answer, changed: Parameters<typeof createTestCalls>[1] = {}) => {
    server = await openOddServer(answer);
    return createTestCalls(server.url, changed);
  };

  it('is tried again after 500, with the same key, ever later', async () => {
    const { operator, pauses } = await open((n, response) =>
      answerJson(response, n < 3 ? 500 : 200, { isReleased: true }),
    );
    await expect(operator.releaseSlot('a', 'key-1')).resolves.toBe(true);
    expect(server?.heard.map(({ key }) => key)).toEqual(['key-1', 'key-1', 'key-1']);
    expect(pauses).toEqual([200, 400]);
  });

  it('is signed anew each time, over path, key and body', async () => {
    const { operator } = await open((_n, response) => answerJson(response, 200, {}));
    await operator.sendCode({ phone: '13800138000', code: '123456' }, 'key-2');
    const { headers = {} } = server?.heard[0] ?? {};
    const header = (name: string) => headers[name.toLowerCase()]?.toString();
    const call = { path: '/messages/code', key: 'key-2', body: '{"phone":"13800138000","code":"123456"}' };
    const isGood = (changed: Partial<typeof call>) =>
      isSignedCall({ ...call, ...changed }, header, [SECRET], Date.now());
    expect(isGood({})).toBe(true);
    expect([isGood({ path: '/messages/text' }), isGood({ key: 'key-3' }), isGood({ body: '{}' })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('ends after three attempts', async () => {
    const { operator } = await open((_n, response) => answerJson(response, 502, {}));
    await expect(operator.listPlans()).rejects.toMatchObject({ code: 'unavailable' });
    expect(server?.heard).toHaveLength(3);
  });

  it('waits as long as a busy operator asks for', async () => {
    const { operator, pauses } = await open((n, response) => {
      if (n > 1) return answerJson(response, 200, PLANS);
      response.writeHead(503, { 'Retry-After': '2' });
      response.end();
    });
    await expect(operator.listPlans()).resolves.toEqual(PLANS.plans);
    expect(pauses).toEqual([2000]);
  });

  it.each([400, 404, 409, 422])('is not tried again after %d', async (status) => {
    const { operator } = await open((_n, response) => answerJson(response, status, {}));
    await expect(operator.listPlans()).rejects.toMatchObject({ code: 'bad-request' });
    expect(server?.heard).toHaveLength(1);
  });

  it.each([401, 403])('is not tried again after %d, but may be later', async (status) => {
    const { operator } = await open((_n, response) => answerJson(response, status, {}));
    await expect(operator.listPlans()).rejects.toMatchObject({ code: 'unavailable' });
    expect(server?.heard).toHaveLength(1);
  });

  it('is given up when the operator is too slow, and says so', async () => {
    const { operator } = await open(() => undefined, { timeouts: { listPlans: 60 } });
    await expect(operator.listPlans()).rejects.toMatchObject({ code: 'timeout' });
    expect(server?.heard).toHaveLength(3);
  });

  it('tests a line once only', async () => {
    const { operator } = await open(() => undefined, { timeouts: { testLine: 60 } });
    await expect(operator.testLine({ address: 'x' })).rejects.toMatchObject({ code: 'timeout' });
    expect(server?.heard).toHaveLength(1);
  });

  it.each([
    ['a page', (response: Parameters<Answer>[1]) => response.end('<html>Bad gateway</html>')],
    ['nothing', (response: Parameters<Answer>[1]) => response.end()],
    ['another shape', (response: Parameters<Answer>[1]) => answerJson(response, 200, { plans: [{ id: 1 }] })],
    ['a flood', (response: Parameters<Answer>[1]) => response.end(Buffer.alloc(2 * 1024 * 1024, 32))],
    [
      'half an answer',
      (response: Parameters<Answer>[1]) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('{"plans"');
        setImmediate(() => response.destroy());
      },
    ],
    [
      'a redirect',
      (response: Parameters<Answer>[1]) => {
        response.writeHead(302, { Location: '/plans' });
        response.end();
      },
    ],
  ])('never takes %s for an answer', async (_what, write) => {
    const { operator } = await open((_n, response) => {
      write(response);
    });
    await expect(operator.listPlans()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('takes the second of two answers to one call for nothing', async () => {
    const wire = (name: string) => {
      const body = JSON.stringify({ plans: [{ ...PLANS.plans[0], name }] });
      return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    };
    let calls = 0;
    const twice = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => {
        calls += 1;
        socket.write(wire(`answer ${calls}`) + wire(`again ${calls}`));
      });
    });
    await new Promise<void>((resolve) => {
      twice.listen(0, '127.0.0.1', resolve);
    });
    // A listening TCP server has an address object.
    const { operator } = createTestCalls(`http://127.0.0.1:${(twice.address() as AddressInfo).port}`);
    for (let n = 0; n < 4; n += 1) {
      const names = (await operator.listPlans()).map(({ name }) => name);
      expect(names).toEqual([`answer ${calls}`]);
    }
    twice.close();
  });

  it('keeps what was asked and answered out of its errors', async () => {
    const { operator } = await open((_n, response) =>
      answerJson(response, 200, { customer: { name: '张敏', phone: 13800138000 } }),
    );
    const error = await operator.findCustomer('13800138000').catch((each: unknown) => each);
    const told = JSON.stringify([error, String(error), (error as Error).stack, (error as Error).cause]);
    expect(told).not.toMatch(/13800138000|张敏/);
    expect(told).toMatch(/customer\.phone/);
  });

  it('rests after failing too often, and alone; then tries again', async () => {
    let isDown = true;
    const { operator, restingCalls, close } = await open(
      (n, response) =>
        isDown && server?.heard[n - 1]?.url === '/plans'
          ? answerJson(response, 500, {})
          : answerJson(response, 200, { ...PLANS, customer: null }),
      { restMs: 50 },
    );
    for (let n = 0; n < 2; n += 1) await expect(operator.listPlans()).rejects.toThrow();
    expect(restingCalls()).toEqual(['listPlans']);
    const before = server?.heard.length;
    await expect(operator.listPlans()).rejects.toThrow(/rests/);
    expect(server?.heard).toHaveLength(before ?? 0);
    await expect(operator.findCustomer('13800138000')).resolves.toBeNull();
    isDown = false;
    const deadline = Date.now() + 5000;
    let plans: unknown = null;
    while (plans === null && Date.now() < deadline) {
      await nextTick();
      plans = await operator.listPlans().catch(() => null);
    }
    expect(plans).toEqual(PLANS.plans);
    expect(restingCalls()).toEqual([]);
    close();
  });

  it('does not rest for refusals', async () => {
    const { operator, restingCalls } = await open((_n, response) => answerJson(response, 404, {}));
    for (let n = 0; n < 10; n += 1) await operator.listPlans().catch(() => undefined);
    expect(server?.heard).toHaveLength(10);
    expect(restingCalls()).toEqual([]);
  });

  it('says when nobody is there', async () => {
    const { operator } = createTestCalls('http://127.0.0.1:1');
    await expect(operator.listPlans()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

it('pauses at least as long as was asked, and by itself no longer than five seconds', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(10_000),
      (failed, random, waitMs) => {
        const pause = pauseBefore(failed, random, waitMs);
        expect(pause).toBeGreaterThanOrEqual(waitMs);
        expect(pause).toBeLessThanOrEqual(Math.max(5000, waitMs));
      },
    ),
    { seed: SEED },
  ));
