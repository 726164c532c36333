import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What other programs of this machine need to reach the running server: its address and those of its stores. */
const runSchema = z.object({
  url: z.string(),
  databaseUrl: z.string(),
  /** Missing in a file that an earlier version left behind. */
  redisUrl: z.string().optional(),
});
export type Run = z.infer<typeof runSchema>;

const pathOf = (dataDir: string): string => join(dataDir, 'run.json');

/** Leaves the addresses in the data folder, readable by this user alone. Answers how to take them away. */
export function writeRunFile(dataDir: string, run: Run): () => void {
  const file = pathOf(dataDir);
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(runSchema.parse(run))}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}

/** The addresses of the server that runs on this data folder; null when none left any (a kill leaves old ones). */
export function readRunFile(dataDir: string): Run | null {
  const file = pathOf(dataDir);
  return existsSync(file) ? runSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}
