import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { writeAudit } from '../../accounts/audit';
import {
  appealSchema,
  type NewReview,
  type QualityCase,
  type QualityRow,
  reviewSchema,
} from '../../contract/quality';
import { AppError } from '../../errors';
import type { Database } from '../../records/database';
import { readItem } from '../../records/quality/read-items';
import type { QualityPolicy } from '../policy';
import { checkSheet, totalOf } from './sheet';

export interface By {
  accountId: string;
  at: number;
}

export const noSuchStretch = () =>
  new AppError('not-found', 'There is no such stretch. Nothing was changed.');

/** Every sheet about a stretch, the oldest first. */
export async function readReviews(db: Database, itemId: string) {
  const rows = await db
    .selectFrom('quality_reviews')
    .innerJoin('accounts', 'accounts.id', 'quality_reviews.reviewer_id')
    .select(['reviewer_id as reviewerId', 'accounts.name as reviewerName', 'is_appeal as isAppeal'])
    .select(['scores', 'zeros', 'total', 'comment', 'at'])
    .where('item_id', '=', itemId)
    .orderBy('at')
    .execute();
  return z.array(reviewSchema).parse(rows);
}

export async function readAppeal(db: Database, itemId: string): Promise<QualityCase['appeal']> {
  const row = await db
    .selectFrom('quality_appeals')
    .select(['at', 'reason', 'decided_at as decidedAt'])
    .where('item_id', '=', itemId)
    .executeTakeFirst();
  return row ? appealSchema.parse(row) : null;
}

/**
 * Whether somebody may write a sheet. Nobody judges their own work; an objection is decided by somebody who has not
 * judged it before; whoever has judged it may mend their sheet until the agent objects.
 */
export function mayReview(
  item: Pick<QualityRow, 'agentId' | 'reviews' | 'wanted' | 'appeal'>,
  reviewers: string[],
  accountId: string,
): QualityCase['mayReview'] {
  const isReviewer = reviewers.includes(accountId);
  if (item.agentId === accountId) return 'own-stretch';
  if (item.appeal === 'open') return isReviewer ? 'was-reviewer' : 'appeal';
  if (item.appeal === 'decided') return 'enough';
  if (isReviewer) return 'change';
  // What was not drawn may be looked at by one all the same.
  return item.reviews < Math.max(1, item.wanted) ? 'first' : 'enough';
}

const refusals: Partial<Record<QualityCase['mayReview'], [code: 'forbidden' | 'conflict', message: string]>> =
  {
    'own-stretch': ['forbidden', 'Nobody judges their own work. Nothing was kept.'],
    'was-reviewer': [
      'forbidden',
      'The agent objects to what you found: somebody who has not judged it decides. Nothing was kept.',
    ],
    enough: ['conflict', 'All sheets about this stretch are there. Yours was not kept.'],
  };

/**
 * Keeps a sheet. Throws `not-found`, `bad-request`, `forbidden`, and `conflict` when somebody else wrote one since the
 * stretch was read: sheets never replace each other.
 */
export async function writeReview(
  db: Database,
  policy: Pick<QualityPolicy, 'sheet' | 'zero'>,
  { itemId, review }: { itemId: string; review: NewReview },
  by: By,
): Promise<void> {
  checkSheet(policy, review);
  await db.transaction().execute(async (tx) => {
    const locked = await tx
      .selectFrom('quality_items')
      .select('version')
      .where('id', '=', itemId)
      .forUpdate()
      .executeTakeFirst();
    const item = locked ? await readItem(tx, itemId) : null;
    if (!locked || !item) throw noSuchStretch();
    if (locked.version !== review.version)
      throw new AppError(
        'conflict',
        'Somebody wrote about this stretch since you read it. Yours was not kept: read it again.',
      );
    const reviewers = (await readReviews(tx, itemId)).map(({ reviewerId }) => reviewerId);
    const may = mayReview(item, reviewers, by.accountId);
    const refusal = refusals[may];
    if (refusal) throw new AppError(refusal[0], refusal[1]);
    await keep(tx, { itemId, review, isAppeal: may === 'appeal' }, by);
  });
}

async function keep(
  tx: Database,
  { itemId, review, isAppeal }: { itemId: string; review: NewReview; isAppeal: boolean },
  by: By,
): Promise<void> {
  const sheet = {
    scores: JSON.stringify(review.scores),
    zeros: [...new Set(review.zeros)],
    total: totalOf(review),
    comment: review.comment,
    at: String(by.at),
  };
  await tx
    .insertInto('quality_reviews')
    .values({ id: uuid(), item_id: itemId, reviewer_id: by.accountId, is_appeal: isAppeal, ...sheet })
    .onConflict((conflict) => conflict.columns(['item_id', 'reviewer_id']).doUpdateSet(sheet))
    .execute();
  await tx
    .updateTable('quality_items')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', itemId)
    .execute();
  if (isAppeal)
    await tx
      .updateTable('quality_appeals')
      .set({ decided_at: String(by.at) })
      .where('item_id', '=', itemId)
      .execute();
  const action = isAppeal ? 'quality.decide' : 'quality.review';
  await writeAudit(tx, { ...by, action, subject: `stretch:${itemId}` });
}
