import { dismissMessages, readLearnableMessages } from '../../src/records/content/learnable-messages';
import { connectDatabase, type Database } from '../../src/records/database';
import { readUnanswered, writeUnanswered } from '../../src/records/unanswered';
import { addTestAccounts } from '../support/content-node';
import { createTestDatabase } from '../support/postgres';

const ONE = '00000000-0000-4000-8000-000000000001';
const all = { since: 0, limit: 10 };
const none = { understood: null, filed: null };

describe('messages that were not understood by themselves', () => {
  let db: Database;
  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    await addTestAccounts(db, { [ONE]: 'One' });
    const facts: [text: string, chosen?: string][] = [
      ['网又不行'],
      ['网又不行！', 'fault-no-internet'],
      ['网 又不行', 'fault-slow'],
      ['网又不行', 'fault-slow'],
      ['怎么养猫'],
    ];
    const rows = facts.map(([text, chosen], i) => ({
      id: `t${i}`,
      fact: { at: 1000 + i, value: { text, locale: 'zh', channel: 'web', ...(chosen ? { chosen } : {}) } },
    }));
    await db.transaction().execute((tx) => writeUnanswered(tx, rows));
  });
  afterAll(() => db.destroy());

  it('are counted, with what customers chose most often when they were asked', async () => {
    expect(await readLearnableMessages(db, all)).toEqual([
      {
        key: '网又不行',
        text: '网又不行',
        locale: 'zh',
        count: 4,
        lastAt: 1003,
        chosen: 'fault-slow',
        ...none,
      },
      { key: '怎么养猫', text: '怎么养猫', locale: 'zh', count: 1, lastAt: 1004, chosen: null, ...none },
    ]);
    expect(await readLearnableMessages(db, { ...all, since: 1004 })).toHaveLength(1);
  });

  it('have no answer only where nobody chose anything', async () => {
    expect((await readUnanswered(db, all)).map(({ text, count }) => [text, count])).toEqual([
      ['怎么养猫', 1],
      ['网又不行', 1],
    ]);
  });

  it('are listed no more once somebody has dismissed them, once, and the audit says how many', async () => {
    const dismissed = { keys: ['怎么养猫'], accountId: ONE, at: 2000 };
    await dismissMessages(db, dismissed);
    await dismissMessages(db, dismissed);
    expect((await readLearnableMessages(db, all)).map(({ key }) => key)).toEqual(['网又不行']);
    expect((await readUnanswered(db, all)).map(({ text }) => text)).toEqual(['网又不行']);
    const audit = await db.selectFrom('audit').selectAll().where('action', '=', 'message.dismiss').execute();
    expect(audit).toHaveLength(2);
    expect(JSON.stringify(audit)).not.toContain('养猫');
  });
});
