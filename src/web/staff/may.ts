import type { Permission } from '../../accounts/permissions';

/** What is not allowed is not shown; the server refuses it all the same. */
export const may = (account: { permissions: Permission[] } | null, permission: Permission): boolean =>
  account?.permissions.includes(permission) ?? false;
