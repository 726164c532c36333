import { connectDatabase, type Database } from '../../src/records/database';
import { createWriteRecords } from '../../src/records/write-records';
import type { RecordRow } from '../../src/turns/records-relay';
import { createTestDatabase } from '../support/postgres';

const line = (position: number, text: string): RecordRow => ({
  type: 'activity',
  conversationId: 'c',
  position,
  activity: { type: 'message', text, from: { id: 'u' } },
});
const fact = (id: string): RecordRow => ({
  type: 'fact',
  conversationId: 'c',
  id,
  fact: { type: 'breach', at: 1_795_550_000_000, value: { subject: 'order', note: '"引号", {括号}\\' } },
});

describe('records in Postgres', () => {
  let db: Database;
  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
  });
  afterAll(() => db.destroy());

  it('are written as they are, whatever characters they have', async () => {
    const text = '他说"断了", {a,b} \\ NULL \'; DROP TABLE facts; --\n第二行\u0000';
    await createWriteRecords(db)([line(1, text), fact('t:1')]);
    const lines = await db.selectFrom('transcript').selectAll().execute();
    expect(lines).toMatchObject([
      { conversation_id: 'c', position: 1, activity: { text: text.replace('\u0000', '\ufffd') } },
    ]);
    const facts = await db.selectFrom('facts').selectAll().execute();
    expect(facts).toMatchObject([{ id: 't:1', at: '1795550000000', value: { note: '"引号", {括号}\\' } }]);
  });

  it('stay as they are when they are written again, within a batch too', async () => {
    const write = createWriteRecords(db);
    await write([line(2, 'first'), line(2, 'again'), fact('t:2'), fact('t:2')]);
    await write([line(2, 'later'), line(3, 'new'), fact('t:2')]);
    const rows = await db.selectFrom('transcript').select('activity').where('position', '>=', 2).execute();
    expect(rows).toMatchObject([{ activity: { text: 'first' } }, { activity: { text: 'new' } }]);
  });

  it('are none in an empty batch', async () => {
    await expect(createWriteRecords(db)([])).resolves.toBeUndefined();
  });
});
