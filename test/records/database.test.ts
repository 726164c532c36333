import { sql } from 'kysely';
import { connectDatabase } from '../../src/records/database';
import { createTestDatabase } from '../support/postgres';

describe('the database', () => {
  it('reports a connection that is lost in the middle of a transaction, and goes on', async () => {
    const errors: string[] = [];
    const db = connectDatabase(await createTestDatabase(), (error) => void errors.push(error.message));
    const lost = db.transaction().execute(async (tx) => {
      await sql`SELECT 1`.execute(tx);
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND state = 'idle in transaction'`.execute(db);
      await sql`SELECT 2`.execute(tx);
    });
    await expect(lost).rejects.toThrow();
    expect(errors.length).toBeGreaterThan(0);
    await expect(sql`SELECT 3 AS n`.execute(db)).resolves.toMatchObject({ rows: [{ n: 3 }] });
    await db.destroy();
  });
});
