import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissionSchema } from '../../src/accounts/permissions';
import { loadPermissions, parsePermissions } from '../../src/content/load-permissions';

const ROOT = join(__dirname, '../..');
const shipped = readFileSync(join(ROOT, 'dialogs/policies/permissions.yaml'), 'utf8');
const problemsOf = (text: string) =>
  parsePermissions(text).problems.map(
    ({ line, path, message, remedy }) => `${line} ${path}: ${message} (${remedy})`,
  );

describe('what each role may do', () => {
  it('ships so that admins may do everything, and serves content that has no such file', () => {
    const empty = mkdtempSync(join(tmpdir(), 'no permissions '));
    const { admin, auditor } = loadPermissions(empty, ROOT);
    expect([...admin].sort()).toEqual([...permissionSchema.options].sort());
    expect(auditor.every((name) => name.includes('.read'))).toBe(true);
    rmSync(empty, { recursive: true });
  });

  it('is refused with every problem, its line and its remedy', () => {
    const broken = shipped
      .replace('    - accounts.manage\n', '')
      .replace('    - conversations.read\n', '    - conversations.read\n    - conversations.read\n')
      .replace('  auditor:\n', '  auditor:\n    - incidents.decide\n');
    expect(problemsOf(broken)).toEqual([
      expect.stringMatching(/^5 roles\.agent\.1: "conversations\.read" stands twice \(name it once\)/),
      expect.stringMatching(
        /roles\.auditor\.0: "incidents\.decide" changes something \(let auditors only read\)/,
      ),
      expect.stringMatching(
        /roles\.admin: nobody could add or change an account \(give admins accounts\.manage\)/,
      ),
    ]);
    expect(problemsOf(shipped.replace('- wall.lead', '- wall.leed'))[0]).toMatch(/roles\.supervisor\.9/);
  });
});
