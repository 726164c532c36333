import type { Role } from '../../src/accounts/account';
import { createRequirePermission } from '../../src/accounts/guard';
import type { SignIns } from '../../src/accounts/sign-ins';
import { csvOf, registerUnanswered } from '../../src/content/routes-unanswered';
import { createHttpServer, listen } from '../../src/http/server';
import { shippedPermissions } from '../support/permissions';
import { silent } from '../support/turns';

const NOW = Date.UTC(2026, 10, 24, 2);
const DAY_MS = 24 * 3600_000;
const question = {
  text: '=HYPERLINK("x"), "6G"?',
  locale: 'zh',
  channels: ['web'],
  count: 3,
  firstAt: NOW,
  lastAt: NOW,
};

describe('unanswered questions over HTTP', () => {
  const server = createHttpServer();
  const ranges: { since: number; limit: number }[] = [];
  let url = '';
  beforeAll(async () => {
    const accountOf = async (role: string) => ({
      id: '1',
      login: role,
      name: role,
      role: role as Role,
      site: null,
      team: null,
      places: [],
      disabledAt: null,
      hasPassword: true,
      hasSecondFactor: false,
      way: 'password' as const,
    });
    const signIns: Pick<SignIns, 'accountOf'> = { accountOf };
    registerUnanswered(server, {
      readUnanswered: async (range) => {
        ranges.push(range);
        return [question];
      },
      requirePermission: createRequirePermission({
        signIns,
        ownOrigins: () => [url],
        secondFactorRoles: [],
        permissions: shippedPermissions,
      }),
      clock: () => NOW,
      log: silent,
    });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const get = (query: string, role: string) =>
    fetch(`${url}/admin/unanswered${query}`, { headers: role ? { Cookie: `bot_sign_in=${role}` } : {} });

  it('are for admins and supervisors only', async () => {
    expect((await get('', '')).status).toBe(401);
    expect((await get('', 'agent')).status).toBe(403);
    expect((await get('', 'auditor')).status).toBe(403);
    expect((await get('', 'supervisor')).status).toBe(200);
    expect(await (await get('', 'admin')).json()).toEqual({ questions: [question] });
  });

  it('are of the last thirty days unless another range is named', async () => {
    await get('', 'admin');
    expect(ranges.at(-1)).toEqual({ since: NOW - 30 * DAY_MS, limit: 500 });
    await get('?days=7&limit=20', 'admin');
    expect(ranges.at(-1)).toEqual({ since: NOW - 7 * DAY_MS, limit: 20 });
    expect((await get('?days=0', 'admin')).status).toBe(400);
  });

  it('come as a table that no spreadsheet runs', async () => {
    const response = await get('?format=csv', 'admin');
    expect(response.headers.get('content-type')).toContain('text/csv');
    for (const start of ['+', '-', '@', ' ='])
      expect(csvOf([{ ...question, text: `${start}1` }])).toContain(`"'${start}1"`);
    const [head, row] = csvOf([question]).split('\r\n');
    expect(head).toBe('\ufeff"question","count","language","channels","first","last"');
    expect(row).toBe(
      `"'=HYPERLINK(""x""), ""6G""?","3","zh","web","2026-11-24T02:00:00.000Z","2026-11-24T02:00:00.000Z"`,
    );
  });
});
