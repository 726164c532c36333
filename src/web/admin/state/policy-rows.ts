import type { ContentProblem } from '../../../contract/problem';
import { parseFile } from '../../../dialogs/parse-file';
import { type Policy, policySchema, type Target } from '../../../sla/policy/policy-schema';
import { CALENDARS_PATH } from './calendar-rows';

export const policyPath = (id: string): string => `dialogs/policies/${id}.yaml`;

/** A promise of the draft by its file; the calendars are no promise. */
export interface PolicyRow {
  id: string;
  path: string;
  /** Null while the file has problems. */
  policy: Policy | null;
  problems: ContentProblem[];
}

const IS_POLICY = /^dialogs\/policies\/([a-z0-9-]+)\.yaml$/;
const read = new Map<string, { text: string; row: PolicyRow }>();

function policyRow(path: string, text: string): PolicyRow[] {
  const id = IS_POLICY.exec(path)?.[1];
  if (id === undefined || path === CALENDARS_PATH) return [];
  const known = read.get(path);
  if (known?.text === text) return [known.row];
  const problems: ContentProblem[] = [];
  const policy = parseFile(path, text, policySchema, problems).value;
  const row = { id, path, policy, problems };
  read.set(path, { text, row });
  return [row];
}

export const policyRows = (files: Readonly<Record<string, string>>): PolicyRow[] =>
  Object.entries(files)
    .flatMap(([path, text]) => policyRow(path, text))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

export const TARGET_UNITS = ['minutes', 'hours', 'days', 'workingDays', 'until'] as const;
export type TargetUnit = (typeof TARGET_UNITS)[number];

/** How long, as a unit and what is written for it. */
export function partsOfTarget(target: Target): { unit: TargetUnit; amount: string } {
  const [unit = 'hours', amount = ''] = Object.entries(target)[0] ?? [];
  return { unit: TARGET_UNITS.find((each) => each === unit) ?? 'hours', amount: String(amount) };
}

/** A target of a unit; null for an amount that is none. */
export function targetOf(unit: TargetUnit, amount: string): Target | null {
  const text = amount.trim();
  if (unit === 'until') return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text) ? { until: text } : null;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value <= 0) return null;
  return { [unit]: value } as Target;
}

export interface NewPolicy {
  id: string;
  zh: string;
  en: string;
}

/** A promise of four hours for repairs, to go on from: it fits only customers of a level that there is not yet. */
export const newPolicyText = ({ id, zh, en }: NewPolicy): string =>
  [
    `id: ${id}`,
    `name: { zh: ${JSON.stringify(zh)}, en: ${JSON.stringify(en)} }`,
    'subject: work-order',
    'clock: internal',
    `match: { kinds: [fault], customerLevels: [${id}] }`,
    'target: { hours: 4 }',
    'calendar: round-the-clock',
    'thresholds:',
    '  - percent: 100',
    '    actions: [{ type: tell-supervisor }]',
    '',
  ].join('\n');
