/** What agents keep beside conversations. Times are milliseconds since 1970 UTC, kept as bigint. */
export interface ConversationNotesTable {
  /** `<account id>:<the page's own id>`: sent twice it is one note. */
  id: string;
  conversation_id: string;
  at: string;
  account_id: string;
  text: string;
  /** Ids of the accounts that it names. */
  mentions: string[];
}

export interface CannedRepliesTable {
  id: string;
  /** Whose it is; null for everybody's. */
  account_id: string | null;
  /** What is typed after `/`. */
  shortcut: string;
  text_zh: string;
  text_en: string;
  updated_at: string;
  updated_by: string | null;
}
