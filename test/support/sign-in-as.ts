import type { Role } from '../../src/accounts/account';
import { createRequirePermission, type RequirePermission } from '../../src/accounts/guard';
import type { SignIns } from '../../src/accounts/sign-ins';
import { shippedPermissions } from './permissions';

/** A guard that takes the cookie `bot_sign_in=<role>.<account id>` for a sign-in. */
export function guardByCookie(ownUrl: () => string): RequirePermission {
  const accountOf: SignIns['accountOf'] = async (token) => {
    const [role = '', id = ''] = token.split('.');
    return {
      id,
      login: `${role}-${id}`,
      name: `${role}-${id}`,
      role: role as Role,
      site: null,
      team: null,
      places: [],
      disabledAt: null,
      hasPassword: true,
      hasSecondFactor: false,
      way: 'password',
    };
  };
  return createRequirePermission({
    signIns: { accountOf },
    ownOrigins: () => [ownUrl()],
    secondFactorRoles: [],
    permissions: shippedPermissions,
  });
}
