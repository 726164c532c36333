import { may, type Worker } from '../../accounts/permissions';
import type { ConversationState } from '../../contract/conversation';
import type { AskedCase, SimilarCase, SolvedCase } from '../../contract/similar-cases';
import type { LogEntry } from '../../turns/turn-store';

export interface FindSimilarDependencies {
  /** Solved cases of other customers, the newest of some months. */
  readCases: (conversationId: string) => Promise<SolvedCase[]>;
  /** Those that come nearest, the nearest first. */
  rank: (asked: AskedCase, cases: SolvedCase[]) => SolvedCase[];
  /** The newest lines of a conversation. */
  readLines: (conversationId: string) => Promise<LogEntry[]>;
  /** Takes numbers, addresses and names out of a text. */
  hide: (text: string, names: string[]) => string;
}

/** Of what is compared: what a customer has said lately, longest first, is what it is about. */
const LINES = 6;
/** Characters: "好的" and "转人工" are like any other. */
const SAYS_SOMETHING = 5;

/** What the customer has said in this session, in the order of what says most. */
export function wordsOf({ session }: Pick<ConversationState, 'session'>, lines: LogEntry[]): string[] {
  const since = session?.startedAt ?? 0;
  return lines
    .filter(({ activity }) => activity.type === 'message' && (activity.from.role ?? 'user') === 'user')
    .filter(({ activity }) => Date.parse(activity.timestamp ?? '') >= since)
    .map(({ activity }) => activity.text ?? '')
    .filter((text) => text.length >= SAYS_SOMETHING)
    .sort((a, b) => b.length - a.length)
    .slice(0, LINES);
}

/** Cases like this one that were solved, without anything that says whose they were. Only who reads all gets there. */
export async function findSimilar(
  deps: FindSimilarDependencies,
  worker: Worker,
  state: ConversationState,
): Promise<SimilarCase[]> {
  const { conversationId } = state;
  const [cases, lines] = await Promise.all([deps.readCases(conversationId), deps.readLines(conversationId)]);
  const asked = { words: wordsOf(state, lines), dialog: state.dialog?.frames[0]?.dialog ?? null };
  const readsAll = may(worker, 'conversations.read-all');
  return deps.rank(asked, cases).map(({ words: _words, dialog: _dialog, names, ...shown }) => ({
    ...shown,
    helped: deps.hide(shown.helped, names),
    conversationId: readsAll ? shown.conversationId : null,
  }));
}
