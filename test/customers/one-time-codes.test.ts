import { createCustomerHandlers } from '../../src/customers/handlers';
import { createOneTimeCodes } from '../../src/customers/one-time-codes';
import { seal } from '../../src/customers/seal';
import { createOperatorHandlers } from '../../src/operator/handlers';
import { createSimulatedOperator } from '../../src/operator/simulated-operator';
import type { Database } from '../../src/records/database';
import { commandOf, createTestOrders, openTestDatabase } from '../support/orders';

const KEY = 'data-key-of-tests-000000';
const MINUTE_MS = 60_000;

describe('one-time codes', () => {
  let db: Database;
  let now = Date.UTC(2026, 10, 24, 2);
  let serial = 0;
  /** What the operator was asked to send, by phone, and whether it is away. */
  let outgoing: { phone: string; code: string; key: string }[] = [];
  let isAway = false;
  const operator = {
    sendCode: async (message: { phone: string; code: string }, key: string) => {
      outgoing.push({ ...message, key });
      if (isAway) throw new Error('the operator is away');
    },
  };
  let handlers: ReturnType<typeof createCustomerHandlers>;
  let phone = '';

  beforeAll(async () => {
    db = await openTestDatabase();
    const codes = createOneTimeCodes({ db, operator, dataKey: KEY, clock: () => now });
    handlers = createCustomerHandlers(codes, KEY);
  });
  afterAll(() => db.destroy());
  beforeEach(() => {
    outgoing = [];
    isAway = false;
    phone = `139${String(serial++).padStart(8, '0')}`;
  });

  const run = (operation: 'otp.send' | 'otp.verify', command: Parameters<typeof commandOf>[1]) =>
    handlers[operation]?.run(commandOf(operation, command));
  const send = (command: Parameters<typeof commandOf>[1] = {}) =>
    run('otp.send', { args: { phone }, ...command });
  const verify = (code: string, command: Parameters<typeof commandOf>[1] = {}) =>
    run('otp.verify', { args: { phone, code: seal(KEY, code) }, ...command });
  const lastCode = () => outgoing.at(-1)?.code ?? '';
  const wrongCode = (i = 1) => String((Number(lastCode()) + i) % 1_000_000).padStart(6, '0');
  const verified = () => ({ type: 'ok', value: { isVerified: true, triesLeft: 0, phone } });
  const refused = (triesLeft: number) => ({
    type: 'ok',
    value: { isVerified: false, triesLeft, phone: null },
  });

  it('sends six digits, good for five minutes, and verifies them once', async () => {
    await expect(send()).resolves.toEqual({ type: 'ok', value: { expiresAt: now + 5 * MINUTE_MS } });
    expect(lastCode()).toMatch(/^\d{6}$/);
    await expect(verify(lastCode())).resolves.toEqual(verified());
    await expect(verify(lastCode())).resolves.toEqual(refused(0));
  });

  it('gives different codes to different commands', async () => {
    for (let i = 0; i < 3; i += 1) await send();
    expect(new Set(outgoing.map(({ code }) => code)).size).toBeGreaterThan(1);
  });

  it('takes the phone in any spelling', async () => {
    await send({ args: { phone: `+86 ${phone.slice(0, 3)}-${phone.slice(3)}` } });
    expect(outgoing[0]?.phone).toBe(phone);
    await expect(verify(lastCode())).resolves.toEqual(verified());
  });

  it('refuses everything after five wrong tries, the right code included', async () => {
    await send();
    for (let left = 4; left >= 0; left -= 1)
      await expect(verify(wrongCode(left + 1))).resolves.toEqual(refused(left));
    await expect(verify(lastCode())).resolves.toEqual(refused(0));
  });

  it('counts tries that come at once', async () => {
    await send();
    await Promise.all(Array.from({ length: 5 }, (_, i) => verify(wrongCode(i + 1))));
    await expect(verify(lastCode())).resolves.toEqual(refused(0));
  });

  it('verifies one of several right tries that come at once', async () => {
    await send();
    const answers = await Promise.all(Array.from({ length: 4 }, () => verify(lastCode())));
    expect(answers.filter((answer) => JSON.stringify(answer).includes('"isVerified":true'))).toHaveLength(1);
  });

  it('refuses a code of five minutes ago', async () => {
    await send();
    now += 5 * MINUTE_MS;
    await expect(verify(lastCode())).resolves.toEqual(refused(0));
  });

  it('replaces the older code by a newer one, tries included', async () => {
    await send();
    const older = lastCode();
    await verify(wrongCode());
    await send();
    // One in a million runs draws the same code twice.
    if (older !== lastCode()) await expect(verify(older)).resolves.toEqual(refused(4));
    await expect(verify(lastCode())).resolves.toEqual(verified());
  });

  it('verifies only in the conversation that asked, and lets no other use up its tries', async () => {
    await send();
    for (let i = 0; i < 6; i += 1)
      await expect(verify(lastCode(), { conversationId: 'other' })).resolves.toEqual(refused(0));
    await expect(verify(lastCode())).resolves.toEqual(verified());
  });

  it('knows no code for a phone that never got one', async () => {
    await expect(verify('123456')).resolves.toEqual(refused(0));
  });

  it('sends a phone three codes in ten minutes, whoever asks', async () => {
    for (let i = 0; i < 3; i += 1)
      await expect(send({ conversationId: `c${i}` })).resolves.toMatchObject({ type: 'ok' });
    const last = lastCode();
    await expect(send({ conversationId: 'c9' })).resolves.toEqual({ type: 'error', code: 'too-many' });
    expect(outgoing).toHaveLength(3);
    await expect(verify(last, { conversationId: 'c2' })).resolves.toEqual(verified());
    now += 10 * MINUTE_MS;
    await expect(send()).resolves.toMatchObject({ type: 'ok' });
  });

  it('sends a phone ten codes a day', async () => {
    for (let i = 0; i < 10; i += 1) {
      await expect(send()).resolves.toMatchObject({ type: 'ok' });
      now += 11 * MINUTE_MS;
    }
    await expect(send()).resolves.toEqual({ type: 'error', code: 'too-many' });
    now += 24 * 60 * MINUTE_MS;
    await expect(send()).resolves.toMatchObject({ type: 'ok' });
  });

  it('keeps the limit when many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => send()));
    expect(answers.filter((answer) => answer?.type === 'ok')).toHaveLength(3);
    expect(outgoing).toHaveLength(3);
  });

  it('sends no second code for a command that is run again', async () => {
    const first = await send({ id: `again-${phone}` });
    now += MINUTE_MS;
    await expect(send({ id: `again-${phone}` })).resolves.toEqual(first);
    expect(outgoing).toHaveLength(1);
  });

  it('repeats the same code with the same key when the operator was away', async () => {
    isAway = true;
    await expect(send({ id: `away-${phone}` })).rejects.toThrow('the operator is away');
    isAway = false;
    await expect(send({ id: `away-${phone}` })).resolves.toMatchObject({ type: 'ok' });
    expect(outgoing).toHaveLength(2);
    expect(outgoing[1]).toEqual(outgoing[0]);
    await expect(verify(lastCode())).resolves.toEqual(verified());
  });

  it('uses up no second try for a command that is run again, and stays with its answer', async () => {
    await send();
    for (let i = 0; i < 7; i += 1)
      await expect(verify(wrongCode(), { id: `wrong-${phone}` })).resolves.toEqual(refused(4));
    for (let i = 0; i < 2; i += 1)
      await expect(verify(lastCode(), { id: `right-${phone}` })).resolves.toEqual(verified());
  });

  it('stores no code that can be read', async () => {
    await send();
    await verify(wrongCode());
    const rows = await Promise.all(
      (['one_time_codes', 'one_time_code_sends', 'one_time_code_checks'] as const).map((table) =>
        db.selectFrom(table).selectAll().execute(),
      ),
    );
    const texts = rows.flat(2).map((row) => Object.values(row).map(String));
    expect(texts.flat()).not.toContain(lastCode());
    expect(texts.flat().some((text) => /^[0-9a-f]{64}$/.test(text))).toBe(true);
  });

  it('forgets what no limit looks back to any more', async () => {
    await send();
    const old = phone;
    phone = `139${String(serial++).padStart(8, '0')}`;
    now += 25 * 60 * MINUTE_MS;
    await send();
    const of = (table: 'one_time_codes' | 'one_time_code_sends') =>
      db.selectFrom(table).select('phone').where('phone', 'in', [old, phone]).execute();
    expect(await Promise.all([of('one_time_codes'), of('one_time_code_sends')])).toEqual([
      [{ phone }],
      [{ phone }],
    ]);
  });

  it.each([
    ['otp.send', { phone: '02584001234' }],
    ['otp.send', { phone: "13800138000' OR 1=1" }],
    ['otp.send', { phone: '\u0000' }],
    ['otp.send', {}],
    ['otp.verify', { phone: '13800138000', code: '123456' }],
    ['otp.verify', { phone: '13800138000', code: `${seal(KEY, '123456')}A` }],
    ['otp.verify', { phone: 'x', code: seal(KEY, '123456') }],
    ['otp.verify', { phone: '13800138000' }],
  ] as const)('answers %s of %j with bad-arguments', async (operation, args) => {
    await expect(run(operation, { args })).resolves.toEqual({ type: 'error', code: 'bad-arguments' });
    expect(outgoing).toEqual([]);
  });

  it('wait for no order that is looked for and no line that is measured', () => {
    const lanes = {
      ...handlers,
      ...createTestOrders(db).handlers,
      ...createOperatorHandlers(
        createSimulatedOperator({ seed: 1, clock: () => now, timeZone: 'UTC', lineTestMs: 0 }),
        () => now,
      ),
    };
    const laneOf = (operation: string) => lanes[operation]?.lane;
    expect(laneOf('otp.verify')).toBe(laneOf('otp.send'));
    for (const slow of ['work-order.find', 'operator.line-test']) {
      expect(laneOf(slow)).toBeDefined();
      for (const other of Object.keys(lanes).filter((name) => name !== slow)) {
        expect(`${other}: ${laneOf(other)}`).not.toBe(`${other}: ${laneOf(slow)}`);
      }
    }
  });
});
