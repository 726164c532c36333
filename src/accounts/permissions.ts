import { z } from 'zod';
import type { Account, Role } from './account';

/** What there is to be allowed. Those that end in `read` or `read-all` change nothing. */
export const permissionSchema = z.enum([
  /** What waits, one's own conversations and their orders. */
  'conversations.read',
  'conversations.read-all',
  /** Take, write, pass on, close; one's own state and tasks. */
  'conversations.work',
  /** Whole numbers and addresses, with a reason that is kept. */
  'personal-data.read',
  'orders.work',
  /** Orders of others' conversations, and approving an answer to the regulator. */
  'orders.lead',
  'replies.team',
  'tasks.lead',
  'wall.read',
  /** Take over, pass on many, change the state of others, announce. */
  'wall.lead',
  'alarms.settle',
  'incidents.decide',
  'bulletins.read',
  /** Have the bot tell customers something at once, without a draft, and end that. */
  'bulletins.publish',
  'quality.read',
  'quality.review',
  'reports.read',
  'people.read',
  'people.skills',
  'rosters.import',
  'accounts.manage',
  'operator.read',
  'operator.revive',
  'unanswered.read',
  'model.read',
  /** Versions of the content, with their texts, and how running sessions stand. */
  'content.read',
  /** One's own draft. */
  'content.edit',
  /** Make a draft what customers get, go back to an earlier version, stop one. */
  'content.publish',
  /** See and change accounts of channels; their secrets are written only. */
  'channels.manage',
]);
export type Permission = z.infer<typeof permissionSchema>;

const listSchema = z.array(permissionSchema);

/** `dialogs/policies/permissions.yaml`: what each role may do. */
export const permissionsFileSchema = z.strictObject({
  roles: z.strictObject({
    agent: listSchema,
    supervisor: listSchema,
    admin: listSchema,
    auditor: listSchema,
  }),
});

export type Permissions = Readonly<Record<Role, readonly Permission[]>>;

/** Whoever is signed in, with what their role may do. */
export interface Worker extends Account {
  permissions: readonly Permission[];
}

/**
 * What an account may do: what its role may. Whoever is limited to places manages no accounts, or the limit would be theirs
 * to lift.
 */
export const permissionsOf = (
  { role, places }: Pick<Account, 'role' | 'places'>,
  permissions: Permissions,
): readonly Permission[] =>
  places.length === 0
    ? permissions[role]
    : permissions[role].filter((permission) => permission !== 'accounts.manage');

export const may = ({ permissions }: Pick<Worker, 'permissions'>, permission: Permission): boolean =>
  permissions.includes(permission);

export const changesNothing = (permission: Permission): boolean => /\.read(-all)?$/.test(permission);
