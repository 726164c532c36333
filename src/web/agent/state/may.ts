import type { Permission } from '../../../accounts/permissions';
import type { Account } from './types';

/** What is not allowed is not shown; the server refuses it all the same. */
export const may = (account: Account | null, permission: Permission): boolean =>
  account?.permissions.includes(permission) ?? false;
