import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Role } from '../../src/accounts/account';
import { createRequirePermission } from '../../src/accounts/guard';
import { may, type Permission, type Worker } from '../../src/accounts/permissions';
import { revealReason } from '../../src/handoff/reveal';
import { shippedPermissions } from '../support/permissions';

const account = {
  id: 'a',
  login: 'g1',
  name: '安',
  site: null,
  team: null,
  places: [],
  disabledAt: null,
  hasPassword: true,
  hasSecondFactor: false,
};

/** The operator lets agents look at the wall, and takes the whole numbers from them. */
const permissions = {
  ...shippedPermissions,
  agent: ['conversations.read', 'wall.read'] as Permission[],
};
const requirePermission = createRequirePermission({
  signIns: { accountOf: async (role) => ({ ...account, role: role as Role, way: 'password' }) },
  ownOrigins: () => [],
  secondFactorRoles: [],
  permissions,
});

/** What somebody of a role may do in the end, or why not. */
async function attempt(role: Role, permission: Permission): Promise<Worker | string> {
  let seen: Worker | null = null;
  const guarded = requirePermission(permission)(async ({ account: worker }) => {
    seen = worker;
  });
  // The parts of a request that the guard reads.
  const request = { method: 'GET', headers: { cookie: `bot_sign_in=${role}` } } as IncomingMessage;
  return guarded(request, {} as ServerResponse).then(
    () => seen ?? 'not called',
    (error) => String(error.message),
  );
}

describe('what a role may do', () => {
  it('goes by the operator’s own list, for a role more and less than ships', async () => {
    expect(await attempt('agent', 'wall.read')).toMatchObject({ id: 'a', role: 'agent' });
    expect(await attempt('agent', 'conversations.work')).toBe(
      'The role "agent" may not do this: it takes "conversations.work", which supervisor, admin may.',
    );
    expect(await attempt('auditor', 'wall.lead')).toContain(
      'it takes "wall.lead", which supervisor, admin may',
    );
    expect(await attempt('supervisor', 'wall.lead')).toMatchObject({ role: 'supervisor' });
  });

  it('is known where the work is done: whole numbers are shown to whom they may be', async () => {
    const agent = (await attempt('agent', 'wall.read')) as Worker;
    const lead = (await attempt('supervisor', 'wall.read')) as Worker;
    const request = { headers: { 'x-reveal-reason': 'call back' } } as unknown as IncomingMessage;
    const query = new URLSearchParams('reveal=1');
    expect(() => revealReason(request, query, agent)).toThrow('may not see whole numbers');
    expect(revealReason(request, new URLSearchParams(), agent)).toBeNull();
    expect(revealReason(request, query, lead)).toBe('call back');
    expect([may(agent, 'orders.lead'), may(lead, 'orders.lead')]).toEqual([false, true]);
  });
});
