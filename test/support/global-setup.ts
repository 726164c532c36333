import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSupervisor } from '../../src/launch/children';
import { startEmbeddedPostgres } from '../../src/launch/embedded-postgres';
import { forgetStaleContent } from './models';
import { makeTemplate } from './postgres';

/** Its data end with the run, and no test pulls its plug: those that do so start a Postgres of their own. */
const IN_MEMORY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** One real Postgres for the whole run; each suite makes a database of its own on it. */
export default async function setUp(): Promise<void> {
  forgetStaleContent();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-test-'));
  const children = startSupervisor();
  process.env.TEST_DATABASE_URL = await startEmbeddedPostgres(
    children,
    folder,
    'test',
    () => undefined,
    IN_MEMORY,
  );
  await makeTemplate();
  // Jest hands over nothing but the global object from set-up to tear-down.
  Object.assign(globalThis, {
    endTestPostgres: async () => {
      await children.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
