import { z } from 'zod';
import { freePort } from '../../src/launch/ports';
import { serveOperator } from '../../src/operator/http/serve-operator';
import { callHeaders } from '../../src/operator/http/sign-call';
import { CALLBACKS_PATH } from '../../src/operator/routes-callbacks';
import { createSimulatedOperator, type SimulatedOperator } from '../../src/operator/simulated-operator';
import { openApi, SECRET } from '../operator/http/host';
import {
  type Customer,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
} from '../support/app';
import { until } from '../support/turns';

const NUMBER = /[FIC]\d{6}[0-9A-Z]{9}/;

/** The whole server on an operator's own server, which is reached over HTTP only. */
describe('with the operator over HTTP', () => {
  let app: TestApp;
  let simulated: SimulatedOperator;
  let api: Awaited<ReturnType<typeof openApi>>;
  let cookie: string;
  let isDown = false;
  let isCoverageDown = false;
  beforeAll(async () => {
    simulated = createSimulatedOperator({
      seed: 1,
      clock: Date.now,
      timeZone: 'Asia/Shanghai',
      lineTestMs: 0,
    });
    const answers = serveOperator(simulated);
    api = await openApi({
      ...answers,
      async findCoverage(request, key) {
        if (isCoverageDown) throw new Error('the coverage system is down');
        return answers.findCoverage(request, key);
      },
      async dispatchOrder(message, key) {
        if (isDown) throw new Error('the order system is down');
        return answers.dispatchOrder(message, key);
      },
    });
    app = await startTestApp({ OPERATOR_URL: api.url, OPERATOR_SECRET: SECRET });
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  afterAll(async () => {
    await app.stop();
    await api.close();
  });

  async function reportFault(customer: Customer): Promise<string> {
    await customer.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
    await customer.ask('鼓楼区中山路18号3栋2单元501', /光纤/);
    const tested = await customer.ask('没有', /哪个方便|哪个电话/);
    if (tested.some((line) => /哪个方便/.test(line))) await customer.ask('第一个', /电话/);
    return NUMBER.exec((await customer.ask('13800138000', NUMBER)).join(' '))?.[0] ?? '';
  }
  async function callBack(number: string, id: string, act: object) {
    const technician = { id: '0518', name: '李强', phone: null };
    const body = JSON.stringify({ id, number, at: Date.now(), technician, act });
    const headers = callHeaders({ path: CALLBACKS_PATH, key: null, body }, [SECRET], Date.now());
    const response = await fetch(app.url + CALLBACKS_PATH, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    });
    return response.status;
  }
  const taken = (number: string) =>
    simulated.takenOrders().flatMap((each) => (each.number === number ? [each.event] : []));

  it('sends the order on, and tells the customer what the operator tells of it', async () => {
    const customer = await openCustomer(app.url);
    const number = await reportFault(customer);
    await until(async () => taken(number).length > 0);
    expect(taken(number)).toEqual(['created']);
    expect(await callBack(number, 'a', { type: 'accept' })).toBe(200);
    await customer.hear(/李/);
    const done = { type: 'finish', cause: 'connector', reading: { type: 'optical', dbm: -19.5 } };
    expect(await callBack(number, 'b', done)).toBe(200);
    expect(await callBack(number, 'c', { type: 'arrive' })).toBe(409);
    await customer.hear(/修好|恢复|正常/);
  }, 60_000);

  it('keeps an order that the operator cannot take, talks on meanwhile, and sends it later', async () => {
    isDown = true;
    const customer = await openCustomer(app.url);
    const number = await reportFault(customer);
    const waiting = async () => {
      const { body } = await callJson('GET', `${app.url}/agent/operator`, { cookie });
      return JSON.stringify(body);
    };
    await until(async () => (await waiting()).includes(number));
    expect(await waiting()).not.toContain('13800138000');
    expect((await callJson('GET', `${app.url}/agent/operator`)).status).toBe(401);
    const retry = `${app.url}/agent/operator/orders/${number}/1/retry`;
    expect((await callJson('POST', retry, { cookie, body: {} })).status).toBe(404);
    await customer.ask('我的报修到哪一步了', new RegExp(number));
    isDown = false;
    await until(async () => taken(number).length > 0, 30_000);
  }, 90_000);

  it('goes on talking while a system is dead, rests it, and tells the answer once it is there', async () => {
    const resting = async () => {
      const { body } = await callJson('GET', `${app.url}/agent/operator`, { cookie });
      return z.object({ restingCalls: z.array(z.string()) }).parse(body).restingCalls;
    };
    isCoverageDown = true;
    const customer = await openCustomer(app.url);
    await customer.ask('查下紫金城3幢2单元801能不能装宽带', /结果一到就发给您/);
    await until(async () => (await resting()).includes('findCoverage'), 30_000);
    await customer.ask('这个月话费多少', /号码|手机/);
    await customer.ask('算了', /没有核对本人/);
    isCoverageDown = false;
    await customer.hear(/有结果了/, 40_000);
    await until(async () => (await resting()).length === 0, 30_000);
  }, 120_000);
});

/** A developer's server that calls its own simulated operator as if it were a real one. */
describe('with its own simulated operator behind the API', () => {
  let app: TestApp;
  beforeAll(async () => {
    const port = await freePort();
    app = await startTestApp({
      PORT: String(port),
      OPERATOR_URL: `http://127.0.0.1:${port}/simulator/operator/api`,
      OPERATOR_SECRET: SECRET,
    });
  }, 60_000);
  afterAll(() => app.stop());
  const steer = async (body: object) =>
    (await callJson('POST', `${app.url}/simulator/operator/steer`, { body })).status;

  it('is steered through all of it, and goes on talking while the operator is dead', async () => {
    const outage = { type: 'outage', place: '人民路66号', isOut: true, cause: '光缆抢修' };
    expect(await steer(outage)).toBe(200);
    const customer = await openCustomer(app.url);
    await customer.ask('家里断网了', /小区|路名/);
    await customer.ask('鼓楼区人民路66号1栋1单元302', /光缆抢修/);
    expect(await steer({ type: 'pace', pace: 'dead' })).toBe(200);
    const other = await openCustomer(app.url);
    await other.ask('家里断网了', /小区|路名/);
    await other.ask('鼓楼区中山路18号3栋2单元501', /./);
    expect(await steer({ type: 'pace', pace: 'normal' })).toBe(200);
  }, 60_000);
});
