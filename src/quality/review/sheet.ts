import type { NewReview } from '../../contract/quality';
import { AppError } from '../../errors';
import type { QualityPolicy } from '../policy';

type Sheet = Pick<NewReview, 'scores' | 'zeros'>;

/** Throws `bad-request` for a sheet that is not filled in, or not that of the policy. */
export function checkSheet({ sheet, zero }: Pick<QualityPolicy, 'sheet' | 'zero'>, given: Sheet): void {
  const wrong = sheet.flatMap(({ id, points }) => {
    const score = given.scores[id];
    return score !== undefined && score <= points ? [] : [`scores.${id}: from 0 to ${points}`];
  });
  for (const id of Object.keys(given.scores))
    if (!sheet.some((dimension) => dimension.id === id)) wrong.push(`scores.${id}: not in the sheet`);
  for (const id of given.zeros) if (!zero.some((each) => each.id === id)) wrong.push(`zeros: no "${id}"`);
  if (wrong.length === 0) return;
  throw new AppError('bad-request', `Nothing was kept. To mend: ${wrong.slice(0, 5).join('; ')}.`);
}

/** The sum of the points, or nothing when something made it zero. */
export const totalOf = ({ scores, zeros }: Sheet): number =>
  zeros.length > 0 ? 0 : Object.values(scores).reduce((sum, score) => sum + score, 0);
