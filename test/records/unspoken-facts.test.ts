import { connectDatabase, type Database } from '../../src/records/database';
import { readUnspokenFacts } from '../../src/records/unspoken-facts';
import { createWriteRecords } from '../../src/records/write-records';
import type { RecordRow } from '../../src/turns/records-relay';
import { createTestDatabase } from '../support/postgres';

const unspoken = (id: string, at: number, fact: string, reason: string): RecordRow => ({
  type: 'fact',
  conversationId: `conversation-${id}`,
  id,
  fact: { type: 'unspoken-fact', at, value: { fact, reason } },
});

describe('facts that could not be said', () => {
  let db: Database;
  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
  });
  afterAll(() => db.destroy());

  it('are counted by fact and reason since a time, the most frequent first, and nobody is named', async () => {
    const batch = [
      unspoken('a', 1000, 'fees.move.price', 'expired'),
      unspoken('b', 2000, 'fees.install.price', 'missing'),
      unspoken('c', 3000, 'fees.install.price', 'missing'),
      unspoken('d', 3000, 'fees.install.price', 'later'),
    ];
    const write = createWriteRecords(db);
    await write(batch);
    await write(batch);
    expect(await readUnspokenFacts(db, 1500)).toEqual({
      facts: [
        { fact: 'fees.install.price', reason: 'missing', count: 2 },
        { fact: 'fees.install.price', reason: 'later', count: 1 },
      ],
    });
    expect((await readUnspokenFacts(db, 0)).facts).toHaveLength(3);
  });
});
