import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '../contract/problem';
import { parseFile } from '../dialogs/parse-file';
import { type RetentionOffer, retentionFileSchema } from '../retention/offers';
import { contentToMend } from './content-to-mend';
import { RETENTION } from './policy-names';

/** The offers of a file; every problem at once. */
export function parseRetention(text: string): { offers: RetentionOffer[]; problems: ContentProblem[] } {
  const problems: ContentProblem[] = [];
  const shapes = 'src/retention/offers.ts';
  const file = `dialogs/policies/${RETENTION}`;
  const { value, report } = parseFile(file, text, retentionFileSchema, problems, { shapes });
  const offers = value?.offers ?? [];
  for (const [i, { id }] of offers.entries()) {
    if (offers.findIndex((other) => other.id === id) !== i)
      report(['offers', i, 'id'], `two offers are called "${id}"`, 'give each a name of its own');
  }
  return { offers, problems };
}

/** The offers below `root`; none where there is no such file. Throws `bad-content` with every problem. */
export function loadRetention(root: string): RetentionOffer[] {
  const path = join(root, 'dialogs/policies', RETENTION);
  if (!existsSync(path)) return [];
  const { offers, problems } = parseRetention(readFileSync(path, 'utf8'));
  if (problems.length === 0) return offers;
  throw contentToMend('Offers', problems);
}
