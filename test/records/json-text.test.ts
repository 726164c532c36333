import fc from 'fast-check';
import { Client } from 'pg';
import { jsonText } from '../../src/records/write-records';
import { createTestDatabase } from '../support/postgres';
import { SEED } from '../support/size';

describe('JSON for Postgres', () => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ connectionString: await createTestDatabase() });
    await client.connect();
  });
  afterAll(() => client.end());
  const stored = async (value: unknown) =>
    (await client.query('SELECT $1::jsonb AS value', [jsonText(value)])).rows[0]?.value;

  it.each([
    ['NUL in a value', { a: 'x\u0000y' }, { a: 'x\ufffdy' }],
    ['NUL in a key', { 'x\u0000': [1] }, { 'x\ufffd': [1] }],
    ['the first half of a pair', { a: '\ud83d!' }, { a: '\ufffd!' }],
    ['the second half of a pair, in a key', { '\udca9': 1 }, { '\ufffd': 1 }],
    ['whole pairs and backslashes', { a: '💩 \\u0000 \\\\ud800 "' }, { a: '💩 \\u0000 \\\\ud800 "' }],
  ])('stores %s', async (_name, value, expected) => {
    await expect(stored(value)).resolves.toEqual(expected);
  });

  const hostile = fc.string({
    unit: fc.constantFrom('\u0000', '\ud83d', '\udca9', '\\', 'u0000', 'ud800', '"', 'a'),
  });

  it('stores whatever strings there are', () =>
    fc.assert(
      fc.asyncProperty(fc.dictionary(hostile, hostile), async (value) => {
        await expect(stored(value)).resolves.toBeDefined();
      }),
      { seed: SEED, numRuns: 300 },
    ));
});
