import type { Role } from '../../../accounts/account';

/** Supervisors, and admins with them. */
export const leads = (role: Role | undefined): boolean => role === 'supervisor' || role === 'admin';
