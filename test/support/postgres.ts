import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { connectDatabase } from '../../src/records/database';
import { migrate } from '../../src/records/migrate';

/** A database with every migration, of which the others are copies: to migrate a hundred of them takes a minute. */
const TEMPLATE = 'migrated';

/** A database of a suite's own on the Postgres that the test run started, migrated. Answers its address. */
export const createTestDatabase = (): Promise<string> =>
  create(`t_${randomBytes(6).toString('hex')}`, TEMPLATE);

/** Once, before any suite. */
export async function makeTemplate(): Promise<void> {
  const db = connectDatabase(await create(TEMPLATE, 'template1'), () => undefined);
  await migrate(db);
  await db.destroy();
}

async function create(name: string, template: string): Promise<string> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('no Postgres: run the tests with npm test, or jest with its global set-up');
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  await client.end();
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
