import type { QualityCase, QualityLine, QualityRow } from '../../contract/quality';
import { maskPhones } from '../../handoff/mask-personal';
import type { Database } from '../../records/database';
import { readNotes } from '../../records/desk/notes';
import { readLines } from '../../records/quality/read-material';
import type { QualityPolicy } from '../policy';
import { type AppealRule, appealUntil } from './appeals';
import { mayReview, readAppeal, readReviews } from './reviews';

/** What was said just before is shown, since it explains the rest. */
const BEFORE_MS = 3600_000;
/** Who closes has so long to write up. */
const AFTER_MS = 10 * 60_000;

export interface CaseRules {
  policy: QualityPolicy;
  appealRule: AppealRule;
}

type Viewer = { id: string; isReviewer: boolean; seesAll: boolean };

async function linesOf(
  db: Database,
  { conversationId, beganAt, endedAt }: QualityRow,
): Promise<QualityLine[]> {
  const lines = await readLines(db, { conversationId, beganAt: beganAt - BEFORE_MS, endedAt });
  return lines.map((line) => ({ ...line, text: maskPhones(line.text), isPart: line.at >= beganAt }));
}

async function notesOf(db: Database, { conversationId, beganAt, endedAt }: QualityRow) {
  const notes = await readNotes(db, conversationId);
  return notes
    .filter(({ at }) => at >= beganAt - BEFORE_MS && at <= endedAt + AFTER_MS)
    .map(({ at, by, text }) => ({ at, byName: by.name, text: maskPhones(text) }));
}

async function tasksOf(db: Database, { conversationId, beganAt, endedAt }: QualityRow) {
  const rows = await db
    .selectFrom('agent_tasks')
    .select(['text', 'due_at', 'done_at'])
    .where('conversation_id', '=', conversationId)
    .where('created_at', '>=', String(beganAt))
    .where('created_at', '<=', String(endedAt + AFTER_MS))
    .orderBy('due_at')
    .execute();
  return rows.map(({ text, due_at, done_at }) => ({
    text: maskPhones(text),
    dueAt: Number(due_at),
    doneAt: done_at === null ? null : Number(done_at),
  }));
}

const ordersOf = (db: Database, { conversationId, beganAt, endedAt }: QualityRow) =>
  db
    .selectFrom('work_orders')
    .select(['number', 'kind', 'status'])
    .where('conversation_id', '=', conversationId)
    .where('updated_at', '>=', String(beganAt))
    .where('created_at', '<=', String(endedAt + AFTER_MS))
    .orderBy('created_at')
    .execute();

/** A stretch with all that is needed to judge it; numbers are masked, and others' sheets hidden until there are enough. */
export async function readCase(
  db: Database,
  item: QualityRow,
  { policy, appealRule }: CaseRules,
  viewer: Viewer,
): Promise<QualityCase> {
  const [lines, notes, tasks, orders, reviews, appeal] = await Promise.all([
    linesOf(db, item),
    notesOf(db, item),
    tasksOf(db, item),
    ordersOf(db, item),
    readReviews(db, item.id),
    readAppeal(db, item.id),
  ]);
  const reviewers = reviews.map(({ reviewerId }) => reviewerId);
  const isWhole = item.result !== null || viewer.seesAll;
  return {
    item,
    form: { sheet: policy.sheet, zero: policy.zero },
    lines,
    notes,
    tasks,
    orders,
    reviews: reviews.filter(({ reviewerId }) => isWhole || reviewerId === viewer.id),
    appeal,
    mayReview: viewer.isReviewer ? mayReview(item, reviewers, viewer.id) : 'not-allowed',
    appealUntil: appealUntil(item, appealRule),
  };
}
