import type { Database } from '../../src/records/database';
import { createForgetConversation } from '../../src/records/forget-conversation';
import { openTestDatabase } from '../support/orders';
import { createWorld } from './world';

const P = '13800138000';
const Q = '13900139000';
const UNION = 'operator/u-1';

describe('one person on several official accounts', () => {
  let db: Database;
  let world: ReturnType<typeof createWorld>;
  beforeAll(async () => {
    db = await openTestDatabase();
  });
  afterAll(() => db.destroy());
  beforeEach(async () => {
    for (const table of ['customer_links', 'customers', 'audit', 'events_out', 'wechat_users'] as const) {
      await db.deleteFrom(table).execute();
    }
    world = createWorld(db);
  });
  const wechat = () => world.visitor('wechat');
  const told = async () =>
    (await db.selectFrom('events_out').select(['conversation_id', 'name']).execute())
      .filter(({ name }) => name === 'customer.changed')
      .map((row) => row.conversation_id);

  it('is the customer of the account that was linked by proof', async () => {
    const [one, two] = [wechat(), wechat()];
    await world.identify(one, UNION);
    await world.linkByCode(one, P);
    const outcome = await world.identify(two, UNION);
    expect(outcome).toMatchObject({ type: 'ok', value: { record: { phone: P, linkedBy: 'unionid' } } });
    expect(await world.areOne(one, two)).toBe(true);
    expect(await world.record(one)).toMatchObject({ linkedBy: 'one-time-code' });
  });

  it('follows when the other account is linked later, and is told', async () => {
    const [one, two] = [wechat(), wechat()];
    await world.identify(two, UNION);
    await world.identify(one, UNION);
    expect(await world.record(two)).toBeNull();
    await world.linkByCode(one, P);
    expect(await world.areOne(one, two)).toBe(true);
    expect(await told()).toContain(two.conversationId);
  });

  it('sees orders of the customer, and shows its own to them, only once linked', async () => {
    const [one, two] = [wechat(), wechat()];
    const { number } = await world.orders.create({}, one);
    await world.identify(one, UNION);
    await world.identify(two, UNION);
    expect(await world.listOf(two)).toEqual([]);
    await world.linkByCode(one, P);
    expect(await world.listOf(two)).toEqual([number]);
  });

  it('is nobody without a link: the same person alone makes no customer', async () => {
    const [one, two] = [wechat(), wechat()];
    await world.identify(one, UNION);
    await world.identify(two, UNION);
    expect(await db.selectFrom('customers').selectAll().execute()).toEqual([]);
  });

  it('is somebody else on an account of another open platform', async () => {
    const [one, two] = [wechat(), wechat()];
    await world.identify(one, UNION);
    await world.linkByCode(one, P);
    await world.identify(two, 'partner/u-1');
    expect(await world.record(two)).toBeNull();
  });

  it('is not guessed when the accounts belong to two customers', async () => {
    const [one, two, three] = [wechat(), wechat(), wechat()];
    await world.linkByCode(one, P);
    await world.linkByCode(two, Q);
    await world.identify(one, UNION);
    await world.identify(two, UNION);
    await world.identify(three, UNION);
    expect(await world.record(three)).toBeNull();
    expect(await world.areOne(one, two)).toBe(false);
  });

  it('is not linked again by itself after the customer has ended it', async () => {
    const [one, two] = [wechat(), wechat()];
    await world.identify(one, UNION);
    await world.linkByCode(one, P);
    await world.identify(two, UNION);
    await world.unlink(two);
    await world.identify(two, UNION);
    expect(await world.record(two)).toBeNull();
    await world.unlink(one, 'all');
    await world.linkByCode(one, P);
    expect(await world.record(two)).toBeNull();
  });

  it('asks WeChat once for a conversation, and again only when it did not say', async () => {
    const one = wechat();
    await world.run('customer.same-user', one);
    await world.identify(one, UNION);
    await world.identify(one, UNION);
    expect(world.unionsAsked).toHaveLength(2);
  });

  it('does the same command again without a second link or a second line in the audit', async () => {
    const [one, two] = [wechat(), wechat()];
    await world.identify(one, UNION);
    await world.linkByCode(one, P);
    await world.identify(two, UNION);
    await world.run('customer.same-user', two, { id: 'again' });
    await world.run('customer.same-user', two, { id: 'again' });
    const links = await db.selectFrom('customer_links').select('kind').where('kind', '=', 'wechat').execute();
    expect(links).toHaveLength(2);
    const lines = await db
      .selectFrom('audit')
      .select('note')
      .where('note', '=', 'wechat by unionid')
      .execute();
    expect(lines).toHaveLength(1);
  });

  it('links one of two that identify themselves at the same moment, whatever comes first', async () => {
    const all = Array.from({ length: 6 }, wechat);
    const [first] = all;
    if (!first) throw new Error('nobody');
    await world.prove(first, P);
    await Promise.all([...all.map((who) => world.identify(who, UNION)), world.link(first)]);
    for (const who of all) expect(await world.areOne(first, who)).toBe(true);
  });

  it('is forgotten with the conversation', async () => {
    const one = wechat();
    await world.identify(one, UNION);
    expect(await createForgetConversation(db)(one.conversationId)).toBe(true);
    expect(await db.selectFrom('wechat_users').selectAll().execute()).toEqual([]);
  });
});
