import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesNothing, type Permissions, permissionsFileSchema } from '../accounts/permissions';
import { type ContentProblem, describeProblems } from '../contract/problem';
import { parseFile } from '../dialogs/parse-file';
import { AppError } from '../errors';
import { PERMISSIONS, POLICY_FOLDER } from './policy-names';

const FILE = `${POLICY_FOLDER}/${PERMISSIONS}`;

/** What each role may do; every problem at once. It is null when there is any. */
export function parsePermissions(text: string): {
  permissions: Permissions | null;
  problems: ContentProblem[];
} {
  const problems: ContentProblem[] = [];
  const shapes = 'src/accounts/permissions.ts';
  const { value, report } = parseFile(FILE, text, permissionsFileSchema, problems, { shapes });
  if (!value) return { permissions: null, problems };
  const { roles } = value;
  for (const [role, names] of Object.entries(roles)) {
    for (const [i, name] of names.entries())
      if (names.indexOf(name) !== i) report(['roles', role, i], `"${name}" stands twice`, 'name it once');
  }
  for (const [i, name] of roles.auditor.entries())
    if (!changesNothing(name))
      report(['roles', 'auditor', i], `"${name}" changes something`, 'let auditors only read');
  if (!roles.admin.includes('accounts.manage'))
    report(['roles', 'admin'], 'nobody could add or change an account', 'give admins accounts.manage');
  return { permissions: problems.length === 0 ? roles : null, problems };
}

/** The permissions below `root`, or as they ship where that has none. Throws `bad-content` with every problem. */
export function loadPermissions(root: string, shipped: string): Permissions {
  const own = join(root, FILE);
  const { permissions, problems } = parsePermissions(
    readFileSync(existsSync(own) ? own : join(shipped, FILE), 'utf8'),
  );
  if (permissions) return permissions;
  const told = describeProblems(problems).replaceAll('\n', '\n  ');
  throw new AppError('bad-content', `Permissions to mend:\n  ${told}`);
}
