import { cellsOf } from '../../../content/intents/paste';
import { type CannedReply, cannedReplyTextSchema, REPLY_VARIABLES } from '../../../contract/canned-replies';

/** A reply of the team as it is to be written; without an id it is a new one. */
export interface ReplyDraft {
  id: string | null;
  shortcut: string;
  text: { zh: string; en: string };
}

/** What somebody pasted of a spreadsheet comes to. */
export interface PastedReplies {
  writes: ReplyDraft[];
  /** Rows that say what is there already. */
  same: number;
  /** Rows that are no reply, by what is wrong with them. */
  faults: { row: string; why: 'shortcut' | 'text' | 'twice' }[];
}

/** The head of a table. */
const HEAD = /^(?:shortcut|快捷词|词)$/i;

/** What is wrong with a reply; null when it can be saved. */
export function replyFault({ shortcut, text }: Omit<ReplyDraft, 'id'>): 'shortcut' | 'text' | null {
  const issues = cannedReplyTextSchema.safeParse({ isTeam: true, shortcut, text }).error?.issues ?? [];
  if (issues.some(({ path }) => path[0] === 'shortcut')) return 'shortcut';
  return issues.length > 0 ? 'text' : null;
}

/** Names in `{{…}}` that nothing is filled in for: agents would see them as they stand. */
export function unknownVariables({ zh, en }: ReplyDraft['text']): string[] {
  const names = [...`${zh} ${en}`.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !REPLY_VARIABLES.includes(name));
}

/** Reads three columns: the shortcut, Chinese, English. A shortcut that the team has is changed. */
export function readReplyPaste(cells: string, replies: readonly CannedReply[]): PastedReplies {
  const team = new Map(replies.filter(({ isTeam }) => isTeam).map((reply) => [reply.shortcut, reply]));
  const seen = new Set<string>();
  const pasted: PastedReplies = { writes: [], same: 0, faults: [] };
  for (const [i, [shortcut = '', zh = '', en = '']] of cellsOf(cells).entries()) {
    if (i === 0 && HEAD.test(shortcut)) continue;
    const text = { zh, en };
    const why = seen.has(shortcut) ? 'twice' : replyFault({ shortcut, text });
    const known = team.get(shortcut);
    if (why !== null) pasted.faults.push({ row: [shortcut, zh].filter(Boolean).join(' · '), why });
    else if (known && known.text.zh === zh && known.text.en === en) pasted.same += 1;
    else pasted.writes.push({ id: known?.id ?? null, shortcut, text });
    seen.add(shortcut);
  }
  return pasted;
}
