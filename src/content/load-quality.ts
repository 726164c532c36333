import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '../contract/problem';
import type { Calendar } from '../contract/sla';
import { parseFile } from '../dialogs/parse-file';
import { type QualityPolicy, qualityPolicySchema } from '../quality/policy';
import { contentToMend } from './content-to-mend';
import { loadCalendars } from './load-policies';
import { POLICY_FOLDER, QUALITY } from './policy-names';

const SHAPES = 'src/quality/policy.ts';
const FILE = `${POLICY_FOLDER}/${QUALITY}`;

/** How service is judged, with the calendar of its working days. */
export interface Quality {
  policy: QualityPolicy;
  calendar: Calendar;
}

/** Reads the policy; every problem at once. It is null when there is any. */
export function parseQuality(
  text: string,
  calendars: ReadonlyMap<string, Calendar>,
): { quality: Quality | null; problems: ContentProblem[] } {
  const problems: ContentProblem[] = [];
  const { value, report } = parseFile(FILE, text, qualityPolicySchema, problems, { shapes: SHAPES });
  if (!value) return { quality: null, problems };
  const sum = value.sheet.reduce((all, { points }) => all + points, 0);
  if (sum !== 100) report(['sheet'], `the points make ${sum}`, 'let them make 100');
  for (const list of ['sheet', 'zero'] as const) {
    const ids = value[list].map(({ id }) => id);
    for (const [i, id] of ids.entries())
      if (ids.indexOf(id) !== i)
        report([list, i, 'id'], `"${id}" stands twice`, 'give each an id of its own');
  }
  const calendar = calendars.get(value.appeal.calendar);
  if (!calendar) {
    const known = [...calendars.keys()].join(', ');
    report(['appeal', 'calendar'], `there is no calendar "${value.appeal.calendar}"`, `one of: ${known}`);
  }
  const quality = calendar && problems.length === 0 ? { policy: value, calendar } : null;
  return { quality, problems };
}

/** The policy below `root`, or as it ships where that has none. Throws `bad-content` with every problem. */
export function loadQuality(root: string, shipped: string, timeZone: string): Quality {
  const path = (folder: string) => join(folder, FILE);
  const place = existsSync(path(root)) ? root : shipped;
  const calendars = loadCalendars(place, shipped, timeZone);
  const { quality, problems } = parseQuality(readFileSync(path(place), 'utf8'), calendars);
  if (quality) return quality;
  throw contentToMend('Review of quality', problems);
}
