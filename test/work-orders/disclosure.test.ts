import type { Command } from '../../src/contract/conversation';
import type { CallOutcome } from '../../src/contract/dialog';
import { operations } from '../../src/contract/operations';
import { isOrderNumber } from '../../src/contract/order-number';
import type { OrderView } from '../../src/contract/orders';
import { createCustomerHandlers } from '../../src/customers/handlers';
import { createOneTimeCodes } from '../../src/customers/one-time-codes';
import { seal } from '../../src/customers/seal';
import type { Database } from '../../src/records/database';
import { createOrderNumbers } from '../../src/work-orders/number';
import { commandOf, createTestOrders, openTestDatabase, testNumbers } from '../support/orders';

const KEY = 'data-key-of-tests-000000';
const CONTACT = '13800138000';
const STRANGER = '13900139000';

type Who = Pick<Command, 'conversationId' | 'channel' | 'asker'>;
const anonymous = { userId: 'u', phone: null, accounts: [] };

/** Every kind of asker, and whether the order made by the first is theirs to see when they give its number. */
const askers = {
  'the conversation that made it': { isShown: true, channel: 'web', proof: 'none', isMaker: true },
  'another web conversation': { isShown: false, channel: 'web', proof: 'none', isMaker: false },
  'an app token with the contact phone': { isShown: true, channel: 'app', proof: CONTACT, isMaker: false },
  'an app token with another phone': { isShown: false, channel: 'app', proof: STRANGER, isMaker: false },
  'a visitor verified by code for the contact phone': {
    isShown: true,
    channel: 'web',
    proof: CONTACT,
    isMaker: false,
  },
  'a visitor verified by code for another phone': {
    isShown: false,
    channel: 'web',
    proof: STRANGER,
    isMaker: false,
  },
} as const;
type AskerName = keyof typeof askers;
// Object.keys forgets which keys they are.
const names = Object.keys(askers) as AskerName[];

describe('disclosure of work orders', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let serial = 0;
  /** A scene of its own for every test: the order, the order of somebody else, and who asks. */
  let maker: string;
  let order: OrderView;
  let othersOrder: OrderView;
  let who: Record<AskerName, Who>;
  const fresh = () => `conversation-${serial++}`;

  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());
  beforeEach(async () => {
    maker = fresh();
    order = await orders.create({ phone: CONTACT }, { conversationId: maker });
    othersOrder = await orders.create({ phone: '13700137000' }, { conversationId: fresh() });
    await db.deleteFrom('one_time_code_sends').execute();
    // The entries are those of all names.
    who = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await present(name)])),
    ) as Record<AskerName, Who>;
  });

  async function present(name: AskerName): Promise<Who> {
    const { channel, proof, isMaker } = askers[name];
    const conversationId = isMaker ? maker : fresh();
    if (proof === 'none') return { conversationId, channel, asker: anonymous };
    const phone = channel === 'app' ? proof : await verifyByCode(conversationId, proof);
    return { conversationId, channel, asker: { ...anonymous, phone } };
  }

  /** Goes the way of a visitor: a code is sent, typed in, and its outcome says which phone is verified. */
  async function verifyByCode(conversationId: string, phone: string): Promise<string | null> {
    let sent = '';
    const operator = {
      sendCode: async ({ code }: { code: string }) => {
        sent = code;
      },
    };
    const codes = createOneTimeCodes({ db, operator, dataKey: KEY, clock: orders.time.clock });
    const handlers = createCustomerHandlers(codes, KEY);
    await handlers['otp.send']?.run(commandOf('otp.send', { conversationId, args: { phone } }));
    const args = { phone, code: seal(KEY, sent) };
    const outcome = await handlers['otp.verify']?.run(commandOf('otp.verify', { conversationId, args }));
    if (outcome?.type !== 'ok') throw new Error('not verified');
    return operations['otp.verify'].value.parse(outcome.value).phone;
  }

  const find = (asker: Who, number: string) => orders.run('work-order.find', { ...asker, args: { number } });
  const shown = (outcome: CallOutcome) =>
    outcome.type === 'ok' ? operations['work-order.find'].value.parse(outcome.value).order : outcome;
  const list = async (asker: Who): Promise<string[]> => {
    const outcome = await orders.run('work-order.list', asker);
    if (outcome.type !== 'ok') throw new Error('no list');
    return operations['work-order.list'].value.parse(outcome.value).orders.map(({ number }) => number);
  };
  /** A number that is in order but belongs to no order; one with a wrong check; and what is no number at all. */
  const notExisting = createOrderNumbers(
    Buffer.from('another key'),
    'UTC',
  )({
    kind: 'fault',
    at: 0,
    commandId: 'x',
  });
  const malformed = () => [
    `${order.number.slice(0, -1)}${order.number.endsWith('0') ? '1' : '0'}`,
    '',
    "' OR 1=1 --\u0000",
  ];

  describe.each(names)('to %s', (name) => {
    const { isShown, isMaker } = askers[name];

    it(`${isShown ? 'shows' : 'refuses'} the order when its number is given`, async () => {
      const before = orders.time.now;
      expect(shown(await find(who[name], order.number))).toEqual(isShown ? order : null);
      expect(orders.time.now - before).toBe(isShown ? 0 : 10_000);
    });

    it('refuses the order of somebody else, one that does not exist and what is no number, all alike', async () => {
      expect(isOrderNumber(notExisting)).toBe(true);
      for (const number of [othersOrder.number, notExisting, ...malformed()]) {
        const before = orders.time.now;
        orders.time.pauses = [];
        const outcome = await find(who[name], number);
        expect(JSON.stringify(outcome)).toBe('{"type":"ok","value":{"order":null}}');
        expect(orders.time.pauses).toEqual(Array.from({ length: 20 }, () => 500));
        expect(orders.time.now - before).toBe(10_000);
      }
    });

    it('lists, when no number was given, what this conversation made and nothing else', async () => {
      expect(await list(who[name])).toEqual(isMaker ? [order.number] : []);
    });

    it('lists, after the number was given, what it was shown', async () => {
      for (const number of [order.number, othersOrder.number, notExisting, ...malformed()]) {
        await find(who[name], number);
      }
      expect(await list(who[name])).toEqual(isShown ? [order.number] : []);
    });

    it('shows nothing in another conversation of the same person, who gives no number there', async () => {
      await find(who[name], order.number);
      const elsewhere = { ...who[name], conversationId: fresh() };
      expect(await list(elsewhere)).toEqual([]);
      expect(shown(await find(elsewhere, ''))).toBeNull();
    });
  });

  it('goes on showing a linked order in its conversation', async () => {
    const asker = who['a visitor verified by code for the contact phone'];
    await find(asker, order.number);
    await find(asker, order.number);
    const later = { ...asker, asker: anonymous };
    expect(shown(await find(later, order.number))).toEqual(order);
    expect(await list(later)).toEqual([order.number]);
  });

  it('merges nobody: a link is of one order, the other orders of the phone stay hidden', async () => {
    const second = await orders.create({ phone: CONTACT }, { conversationId: fresh() });
    const asker = who['an app token with the contact phone'];
    await find(asker, order.number);
    expect(await list(asker)).toEqual([order.number]);
    expect(await list(who['the conversation that made it'])).not.toContain(second.number);
  });

  it('shows an order without a phone to its conversation alone', async () => {
    const conversationId = fresh();
    const { number } = await orders.create({}, { conversationId });
    for (const name of names) expect(shown(await find(who[name], number))).toBeNull();
    expect(await list({ conversationId, channel: 'web', asker: anonymous })).toEqual([number]);
  });

  it('shows an order to nobody for a contact or a verified phone that is empty or no phone', async () => {
    for (const phone of ['', '   ', 'null', '0']) {
      const { number } = await orders.create({ phone }, { conversationId: fresh() });
      const asker = { ...anonymous, phone };
      expect(shown(await find({ conversationId: fresh(), channel: 'app', asker }, number))).toBeNull();
    }
  });

  it('compares phones, not their spelling', async () => {
    const asker = { ...anonymous, phone: '+86 138-0013-8000' };
    expect(shown(await find({ conversationId: fresh(), channel: 'app', asker }, order.number))).toEqual(
      order,
    );
  });

  it('reads the number as people write it', async () => {
    const spoken = ` ${order.number.slice(0, 7)}-${order.number.slice(7)} `.toLowerCase();
    expect(shown(await find(who['the conversation that made it'], spoken))).toEqual(order);
  });

  it('finds an order that is registered while it is looked for, as soon as it is there', async () => {
    const conversationId = fresh();
    const id = `${conversationId}:step:1`;
    const number = testNumbers({ kind: 'fault', at: commandOf('').at, commandId: id });
    let pauses = 0;
    const waiting = createTestOrders(db, {
      pause: async () => {
        pauses += 1;
        if (pauses === 3) await orders.create({}, { conversationId, id });
      },
    });
    const outcome = await waiting.run('work-order.find', { conversationId, args: { number } });
    expect(shown(outcome)).toMatchObject({ number });
    expect(pauses).toBe(3);
  });

  it('lists the newest five, made and linked, newest first', async () => {
    const asker = who['an app token with the contact phone'];
    const made: string[] = [];
    for (let i = 1; i <= 7; i += 1) {
      const conversationId = i % 2 ? asker.conversationId : fresh();
      const { number } = await orders.create({ phone: CONTACT }, { conversationId, at: order.updatedAt + i });
      await find(asker, number);
      made.push(number);
    }
    expect(await list(asker)).toEqual(made.reverse().slice(0, 5));
  });

  it('lets customers see no version, phone, address or details', async () => {
    await orders.create(
      { phone: CONTACT, address: 'secret road', details: { note: 'secret' } },
      { conversationId: maker },
    );
    const outcome = await orders.run('work-order.list', who['the conversation that made it']);
    expect(JSON.stringify(outcome)).not.toMatch(/secret|1380013|version|priority/);
  });

  it.each([
    ['work-order.find', {}],
    ['work-order.find', { number: 7 }],
  ])('answers bad arguments of %s %j with an outcome', async (operation, args) => {
    await expect(orders.run(operation, { args })).resolves.toEqual({ type: 'error', code: 'bad-arguments' });
  });
});
