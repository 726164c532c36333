import { connectDatabase, type Database } from '../../src/records/database';
import { forgetUnanswered, readUnanswered } from '../../src/records/unanswered';
import { createWriteRecords } from '../../src/records/write-records';
import type { RecordRow } from '../../src/turns/records-relay';
import { createTestDatabase } from '../support/postgres';

const asked = (id: string, at: number, text: string, channel = 'web', chosen?: string): RecordRow => ({
  type: 'fact',
  conversationId: 'conversation-of-somebody',
  id,
  fact: { type: 'unanswered', at, value: { text, locale: 'zh', channel, ...(chosen ? { chosen } : {}) } },
});

describe('questions without an answer', () => {
  let db: Database;
  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
  });
  afterAll(() => db.destroy());

  it('are counted once each, however often the relay writes them, and joined when they are the same', async () => {
    const write = createWriteRecords(db);
    const batch = [
      asked('t1:1', 1000, '怎么养猫?'),
      asked('t2:1', 3000, '怎么 养猫', 'wechat'),
      asked('t3:1', 2000, '6G 几时来\0'),
      asked('t4:1', 2000, '。。。'),
    ];
    await write(batch);
    await write(batch);
    expect(await readUnanswered(db, { since: 0, limit: 10 })).toEqual([
      { text: '怎么 养猫', locale: 'zh', channels: ['web', 'wechat'], count: 2, firstAt: 1000, lastAt: 3000 },
      { text: '6G 几时来', locale: 'zh', channels: ['web'], count: 1, firstAt: 2000, lastAt: 2000 },
    ]);
    expect(await readUnanswered(db, { since: 2500, limit: 10 })).toMatchObject([{ count: 1 }]);
  });

  it('are stored without their conversation, in a table of their own', async () => {
    const rows = await db.selectFrom('unanswered_questions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/conversation-of-somebody|t1:1/);
    expect(await db.selectFrom('facts').select('id').execute()).toEqual([]);
  });

  it('are forgotten when they are old', async () => {
    expect(await forgetUnanswered(db, 2500)).toBe(2);
    expect(await readUnanswered(db, { since: 0, limit: 10 })).toMatchObject([{ lastAt: 3000, count: 1 }]);
  });
});
