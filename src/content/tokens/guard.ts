import type { Account } from '../../accounts/account';
import type { RequirePermission } from '../../accounts/guard';
import { may, type Permissions, permissionsOf } from '../../accounts/permissions';
import { AppError } from '../../errors';
import type { ContentTokens } from './content-tokens';

export interface ContentGuardDependencies {
  /** Who is signed in at a page. */
  requirePermission: RequirePermission;
  tokens: Pick<ContentTokens, 'accountIdOf'>;
  findAccount: (id: string) => Promise<Account | null>;
  permissions: Permissions;
}

/** The guard of routes on content: a sign-in, or `Authorization: Bearer <token>`, which no browser sends by itself. */
export const createContentGuard =
  ({ requirePermission, tokens, findAccount, permissions }: ContentGuardDependencies): RequirePermission =>
  (permission) =>
  (work) => {
    const bySignIn = requirePermission(permission)(work);
    return async (request, response) => {
      const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
      if (token === undefined) return bySignIn(request, response);
      const id = await tokens.accountIdOf(token);
      const account = id === null ? null : await findAccount(id);
      if (!account)
        throw new AppError(
          'unauthenticated',
          'This token is over, or never was. Nothing was changed: make a new one.',
        );
      const worker = { ...account, permissions: permissionsOf(account, permissions) };
      if (!permission.startsWith('content.') || !may(worker, permission))
        throw new AppError('forbidden', `This token may not do this: it takes "${permission}".`);
      await work({ request, response, account: worker });
    };
  };
