import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of a suite's own on the Postgres that the test run started. Answers its address. */
export async function createTestDatabase(): Promise<string> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('no Postgres: run the tests with npm test, or jest with its global set-up');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
