import { type SkillsChange, skillsChangeSchema } from '../contract/desk';

/** Options of `npm run accounts:add` that say what somebody can do. */
export const skillOptions = {
  groups: { type: 'string' },
  languages: { type: 'string' },
  capacity: { type: 'string' },
  'shift-end': { type: 'string' },
} as const;

type Given = Partial<Record<keyof typeof skillOptions, string>>;
type Read = { success: true; change: SkillsChange } | { success: false; problems: string[] };

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** `fault:2,general` → levels by group; without a number it is 1. */
const readGroups = (text: string): Record<string, number> =>
  Object.fromEntries(
    list(text).map((part) => {
      const [group = '', level = '1'] = part.split(':');
      return [group, Number(level)];
    }),
  );

/** What the options say; those that are not given are left out. */
export function readSkillOptions(given: Given): Read {
  const { groups, languages, capacity, 'shift-end': shiftEnd } = given;
  const parsed = skillsChangeSchema.safeParse({
    ...(groups !== undefined && { groups: readGroups(groups) }),
    ...(languages !== undefined && { languages: list(languages) }),
    ...(capacity !== undefined && { capacity: Number(capacity) }),
    ...(shiftEnd !== undefined && { shiftEnd }),
  });
  if (parsed.success) return { success: true, change: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
  return { success: false, problems };
}
