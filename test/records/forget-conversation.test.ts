import { randomUUID } from 'node:crypto';
import { connectDatabase, type Database } from '../../src/records/database';
import { createForgetConversation } from '../../src/records/forget-conversation';
import { createWriteRecords } from '../../src/records/write-records';
import { createTestDatabase } from '../support/postgres';

describe('forgetting a conversation', () => {
  let db: Database;
  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
  });
  afterAll(() => db.destroy());

  const order = (number: string, conversation: string, status: string) => ({
    number,
    kind: 'complaint',
    status,
    version: 1,
    conversation_id: conversation,
    channel: 'wechat',
    phone: '13800138000',
    address: '中山路1号',
    summary: '13800138000 投诉',
    priority: 'normal',
    promise_at: '1',
    details: JSON.stringify({ words: '中山路' }),
    command_id: number,
    created_at: '1',
    updated_at: '1',
  });
  const write = (conversationId: string) =>
    createWriteRecords(db)([
      {
        type: 'activity',
        conversationId,
        position: 1,
        activity: {
          type: 'message',
          text: '我住中山路',
          timestamp: 't',
          from: { id: 'service/o1', role: 'user' },
        },
      },
      {
        type: 'fact',
        conversationId,
        id: `${conversationId}:1`,
        fact: { type: 'ownership', at: 1, value: { epoch: 1, lastText: '中山路' } },
      },
    ]);
  const all = async () => {
    const tables = ['transcript', 'facts', 'work_orders', 'work_order_history'] as const;
    const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
    return JSON.stringify(rows);
  };

  it('changes nothing while an order or complaint is open', async () => {
    await write('open');
    await db
      .insertInto('work_orders')
      .values(order('C1', 'open', 'in-progress'))
      .execute();
    const before = await all();
    expect(await createForgetConversation(db)('open')).toBe(false);
    expect(await all()).toBe(before);
    await db.deleteFrom('work_orders').execute();
    await db.deleteFrom('transcript').execute();
    await db.deleteFrom('facts').execute();
  });

  it('leaves that there were messages and an order, and nothing of the customer', async () => {
    await write('left');
    await write('other');
    await db
      .insertInto('work_orders')
      .values(order('C2', 'left', 'closed'))
      .execute();
    await db
      .insertInto('work_order_history')
      .values({ number: 'C2', version: 1, at: '1', status: 'closed', by: 'a', reason: null, note: '中山路' })
      .execute();
    const forget = createForgetConversation(db);
    expect(await forget('left')).toBe(true);
    expect(await forget('left')).toBe(true);
    const lines = await db.selectFrom('transcript').selectAll().orderBy('conversation_id').execute();
    expect(lines).toMatchObject([
      { conversation_id: 'left', activity: { type: 'message', timestamp: 't', from: { id: 'forgotten' } } },
      { conversation_id: 'other', activity: { text: '我住中山路' } },
    ]);
    await db.deleteFrom('transcript').where('conversation_id', '=', 'other').execute();
    await db.deleteFrom('facts').where('conversation_id', '=', 'other').execute();
    expect(await all()).not.toMatch(/中山路|13800138000|o1/);
    const [kept] = await db.selectFrom('work_orders').selectAll().execute();
    expect(kept).toMatchObject({ number: 'C2', status: 'closed', phone: null, details: {} });
  });

  describe('of a linked customer', () => {
    const link = (kind: string, key: string, conversationId: string | null) => ({
      id: randomUUID(),
      customer_id: CUSTOMER,
      kind,
      key,
      conversation_id: conversationId,
      holder: null,
      proof: 'one-time-code',
      proof_id: 'c',
      proved_at: '1',
      revoked_at: null,
      revoked_because: null,
    });
    const CUSTOMER = randomUUID();
    const customers = async () => {
      const [people, links] = await Promise.all([
        db.selectFrom('customers').selectAll().execute(),
        db.selectFrom('customer_links').selectAll().execute(),
      ]);
      return JSON.stringify([people, links]);
    };

    it('forgets who spoke there, and with the last conversation phone and name', async () => {
      await db
        .insertInto('customers')
        .values({ id: CUSTOMER, name: '王芳', created_at: '1', merged_into: null })
        .execute();
      await db
        .insertInto('customer_links')
        .values([
          link('wechat', 'service/o1', 'wechat-1'),
          link('app', 'app-1', 'app-1'),
          link('phone', '13800138000', null),
        ])
        .execute();
      const forget = createForgetConversation(db);
      expect(await forget('wechat-1')).toBe(true);
      expect(await customers()).not.toContain('service/o1');
      expect(await customers()).toContain('13800138000');
      expect(await forget('app-1')).toBe(true);
      expect(await forget('app-1')).toBe(true);
      for (const word of ['13800138000', '王芳', 'app-1']) expect(await customers()).not.toContain(word);
    });
  });
});
