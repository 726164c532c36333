import type { Generated } from 'kysely';
import type { Json } from './column-types';

/** Who works here, and how they get in. Times are milliseconds since 1970 UTC, kept as bigint. */
export interface AccountsTable {
  id: string;
  login: string;
  name: string;
  /** Null until the holder has set one by a link. */
  password_hash: string | null;
  role: string;
  /** Where they work; null where nobody said. */
  site: string | null;
  team: string | null;
  /** Provinces and cities whose content they may change; everywhere when empty. */
  places: Generated<string[]>;
  disabled_at: string | null;
  created_at: string;
}

export interface AccountLinksTable {
  token_hash: string;
  /** Null: the link makes the first admin. */
  account_id: string | null;
  expires_at: string;
}

export interface SignInsTable {
  /** By which it is named where it is listed; says nothing of the token. */
  id: Generated<string>;
  token_hash: string;
  account_id: string;
  expires_at: string;
  began_at: string;
  /** At most a minute old. */
  seen_at: string;
  device: string | null;
  /** `password` or `open-id`. */
  way: string;
}

export interface SignInFailuresTable {
  id: string;
  login_hash: string;
  at: string;
}

export interface SecondFactorsTable {
  account_id: string;
  /** Sealed; null until a code of the first one was given. */
  secret: string | null;
  /** Sealed; a new one of which no code was given yet. */
  pending: string | null;
  /** The period of the last code that opened: no code opens twice. */
  last_step: string;
}

export interface RecoveryCodesTable {
  account_id: string;
  code_hash: string;
}

/** Whose account a person at the OpenID provider is. */
export interface OpenIdsTable {
  issuer: string;
  subject: string;
  account_id: string;
  at: string;
}

/** What somebody can do; without a row everything that does not ask for its members by name. */
export interface AgentSkillsTable {
  account_id: string;
  /** Level by skill group, in JSON; null: every open group. */
  groups: Json;
  languages: string[] | null;
  capacity: number;
  shift_end: string | null;
  updated_at: string;
}

/** What an agent has promised a customer. */
export interface AgentTasksTable {
  id: string;
  conversation_id: string;
  account_id: string;
  text: string;
  due_at: string;
  created_at: string;
  done_at: string | null;
  /** When the supervisor was told that it is late. */
  told_at: string | null;
}

/** What a supervisor has announced to every desk. */
export interface DeskBroadcastsTable {
  id: string;
  account_id: string;
  text: string;
  at: string;
  until_at: string;
}
