import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import { type Skills, type SkillsChange, skillsChangeSchema } from '../contract/desk';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Database } from '../records/database';
import type { Account } from './account';
import { findAccount } from './accounts';
import type { RequirePermission } from './guard';
import { changeSkills, readSkills } from './skills';

export interface SkillsRoutesDependencies {
  db: Database;
  /** Ids of the skill groups that there are. */
  groupIds: string[];
  /** Told after a change, so that it counts at once. */
  onSkills: (account: Account, skills: Skills, change: SkillsChange) => Promise<void>;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;

/** `GET` and `PATCH /accounts/:id/skills`: what somebody can do, as supervisors and admins see and change it. */
export function registerSkills(server: Server, deps: SkillsRoutesDependencies): void {
  const { db, requirePermission, log, clock } = deps;
  server.get(
    '/accounts/:id/skills',
    route(
      log,
      requirePermission('people.read')(async ({ request, response }) => {
        const account = await findAccount(db, { id: idIn(request.params) });
        if (!account) throw noSuchAccount();
        sendJson(response, 200, { account, skills: await readSkills(db, account.id) });
      }),
    ),
  );
  server.patch(
    '/accounts/:id/skills',
    route(
      log,
      requirePermission('people.skills')(async ({ request, response, account: by }) => {
        const change = parseBody(skillsChangeSchema, await readJson(request, BODY_LIMIT));
        checkGroups(change.groups ?? {}, deps.groupIds);
        const id = idIn(request.params);
        const { account, skills } = await changeSkills(db, id, change, { accountId: by.id, at: clock() });
        await deps.onSkills(account, skills, change);
        sendJson(response, 200, { account, skills });
      }),
    ),
  );
}

const noSuchAccount = () => new AppError('not-found', 'There is no such account.');

function idIn(params: Record<string, string> | undefined): string {
  const id = params?.id ?? '';
  if (!z.uuid().safeParse(id).success) throw noSuchAccount();
  return id;
}

function checkGroups(groups: Record<string, number>, known: string[]): void {
  const unknown = Object.keys(groups).filter((id) => !known.includes(id));
  if (unknown.length === 0) return;
  throw new AppError(
    'bad-request',
    `Nothing was changed. To mend: groups: there is no skill group ${unknown.join(', ')}; there are: ${known.join(', ')}`,
  );
}
