import type { OrderView } from '../../src/contract/orders';
import type { Database } from '../../src/records/database';
import { createWorld } from '../customers/world';
import { openTestDatabase } from '../support/orders';

const P = '13800138000';
const Q = '13900139000';

type World = ReturnType<typeof createWorld>;
type Who = ReturnType<World['visitor']>;

/**
 * Every kind of asker against an order that a web conversation made: whether it stands in their list without a number,
 * and whether it is shown by its number. `maker` is the conversation that made the order, linked by phone P.
 */
const askers: Record<
  string,
  { isListed: boolean; isShown: boolean; present: (world: World, maker: Who) => Promise<Who> }
> = {
  'the conversation that made it': {
    isListed: true,
    isShown: true,
    present: async (_world, maker) => maker,
  },
  'a conversation that proved nothing': {
    isListed: false,
    isShown: false,
    present: async (world) => world.visitor(),
  },
  'a conversation that only typed the phone': {
    isListed: false,
    isShown: false,
    present: async (world) => {
      const who = world.visitor();
      await world.run('otp.send', who, { args: { phone: P } });
      return who;
    },
  },
  'another channel, linked by the same phone': {
    isListed: true,
    isShown: true,
    present: async (world) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, P);
      return who;
    },
  },
  'the app, linked by its token': {
    isListed: true,
    isShown: true,
    present: async (world) => {
      const who = world.appUser('a', P);
      await world.meet(who);
      return who;
    },
  },
  'a channel that was linked and is no more': {
    isListed: false,
    isShown: false,
    present: async (world) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, P);
      await world.unlink(who);
      return who;
    },
  },
  'a channel that saw it before it was unlinked': {
    isListed: false,
    isShown: false,
    present: async (world, maker) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, P);
      for (const number of await world.listOf(maker)) await world.isShown(who, number);
      await world.unlink(who);
      return who;
    },
  },
  'a linked channel whose maker was unlinked': {
    isListed: false,
    isShown: false,
    present: async (world, maker) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, P);
      await world.unlink(maker);
      return who;
    },
  },
  'a linked channel that saw it before its maker was unlinked': {
    isListed: false,
    isShown: false,
    present: async (world, maker) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, P);
      for (const number of await world.listOf(maker)) await world.isShown(who, number);
      await world.unlink(maker);
      return who;
    },
  },
  'a linked channel after all was unlinked from elsewhere': {
    isListed: false,
    isShown: false,
    present: async (world) => {
      const [who, third] = [world.visitor('wechat'), world.appUser('a', P)];
      await world.linkByCode(who, P);
      await world.meet(third);
      await world.unlink(third, 'all');
      return who;
    },
  },
  'a channel of another customer': {
    isListed: false,
    isShown: false,
    present: async (world) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, Q);
      return who;
    },
  },
  'a channel of another customer who was merged with the maker': {
    isListed: true,
    isShown: true,
    present: async (world) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, Q);
      await world.linkByCode(who, P);
      await world.link(who, 'merge');
      return who;
    },
  },
  'a further channel of a customer who was merged with the maker': {
    isListed: true,
    isShown: true,
    present: async (world) => {
      const [who, merging] = [world.visitor('wechat'), world.visitor('bot-framework')];
      await world.linkByCode(who, Q);
      await world.linkByCode(merging, Q);
      await world.linkByCode(merging, P);
      await world.link(merging, 'merge');
      return who;
    },
  },
  'a merged channel that was unlinked afterwards': {
    isListed: false,
    isShown: false,
    present: async (world) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, Q);
      await world.linkByCode(who, P);
      await world.link(who, 'merge');
      await world.unlink(who);
      return who;
    },
  },
  'a channel that has moved on to another customer': {
    isListed: false,
    isShown: false,
    present: async (world) => {
      const who = world.visitor('wechat');
      await world.linkByCode(who, P);
      await world.linkByCode(who, Q);
      await world.link(who, 'switch');
      return who;
    },
  },
  'the new owner of the phone': {
    isListed: false,
    isShown: false,
    present: async (world) => {
      world.holders.set(P, { name: '李雷', account: 'kd2' });
      const who = world.visitor('wechat');
      await world.linkByCode(who, P);
      return who;
    },
  },
};

describe("disclosure of a customer's orders", () => {
  let db: Database;
  let world: World;
  let maker: Who;
  let order: OrderView;
  beforeAll(async () => {
    db = await openTestDatabase();
  });
  afterAll(() => db.destroy());
  beforeEach(async () => {
    await db.deleteFrom('customer_links').execute();
    await db.deleteFrom('work_order_links').execute();
    world = createWorld(db);
    world.holders.set(P, { name: '王芳', account: 'kd1' });
    maker = world.visitor();
    // Its contact phone is nobody's here: what is shown is shown because of the customer.
    order = await world.orders.create({ phone: '13700137000' }, { conversationId: maker.conversationId });
    await world.linkByCode(maker, P);
  });

  describe.each(Object.keys(askers))('to %s', (name) => {
    // The name is one of the keys.
    const { isListed, isShown, present } = askers[name] as (typeof askers)[string];
    it(isListed ? 'lists it' : 'does not list it', async () => {
      const who = await present(world, maker);
      expect(await world.listOf(who)).toEqual(isListed ? [order.number] : []);
    });

    it(
      isShown ? 'shows it by its number' : 'refuses it by its number like one that does not exist',
      async () => {
        const who = await present(world, maker);
        const before = world.time.now;
        expect(await world.isShown(who, order.number)).toBe(isShown);
        expect(world.time.now - before).toBe(isShown ? 0 : 10_000);
      },
    );
  });

  it('takes what was shown by its number and a proven phone from the conversation that is unlinked', async () => {
    const own = await world.orders.create({ phone: Q }, { conversationId: world.visitor().conversationId });
    const who = world.visitor('wechat');
    await world.linkByCode(who, Q);
    expect(await world.isShown({ ...who, asker: { ...who.asker, phone: Q } }, own.number)).toBe(true);
    expect(await world.listOf(who)).toEqual([own.number]);
    await world.unlink(who);
    expect(await world.listOf(who)).toEqual([]);
  });

  it('shows by its number an order of somebody who is helped, and lists it in that conversation alone', async () => {
    const theirs = await world.orders.create(
      { phone: Q },
      { conversationId: world.visitor().conversationId },
    );
    const who = world.visitor('wechat');
    await world.linkByCode(who, P);
    const helper = { ...who, asker: { ...who.asker, phone: P, helpedPhone: Q } };
    expect(await world.isShown(helper, theirs.number)).toBe(true);
    expect(await world.listOf(who)).toContain(theirs.number);
    expect(await world.listOf(maker)).toEqual([order.number]);
  });

  it('tells a linked conversation of the open orders and the last address of the others, and nothing of closed ones', async () => {
    const who = world.visitor('wechat');
    await world.linkByCode(who, P);
    const later = order.updatedAt + 1;
    const closed = await world.orders.create(
      { address: '中山路18号' },
      { conversationId: maker.conversationId, at: later },
    );
    await db
      .updateTable('work_orders')
      .set({ status: 'closed' })
      .where('number', '=', closed.number)
      .execute();
    const record = await world.record(who);
    expect(record).toMatchObject({ address: '中山路18号', orders: [{ number: order.number }] });
    expect((await world.record(maker))?.orders).toEqual([]);
  });
});
