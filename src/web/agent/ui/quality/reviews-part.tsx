import type { QualityCase } from '../../../../contract/quality';
import { useDesk, useSpeakTime } from '../context';

/** The sheets that may be seen, and what they come to. */
export function ReviewsPart({ shown: { reviews, form, item } }: { shown: QualityCase }) {
  const { words, locale } = useDesk();
  const { quality } = words;
  const speakTime = useSpeakTime();
  if (reviews.length === 0) return null;
  const named = (id: string) => form.zero.find((each) => each.id === id)?.name[locale] ?? id;
  return (
    <section>
      <h2>
        {quality.reviews} · {item.result === null ? quality.noResult : quality.result(item.result)}
      </h2>
      <ul>
        {reviews.map(({ reviewerId, reviewerName, isAppeal, total, at, scores, zeros, comment }) => (
          <li key={reviewerId}>
            <b>{reviewerName}</b> {isAppeal && <span className="tag strong">{quality.isAppealReview}</span>}{' '}
            {quality.total(total)} <span className="quiet">{speakTime(at)}</span>
            <p className="quiet">
              {form.sheet
                .map(({ id, name, points }) => `${name[locale]} ${scores[id] ?? '—'}/${points}`)
                .join(' · ')}
            </p>
            {zeros.length > 0 && <p className="warn">{zeros.map(named).join(' · ')}</p>}
            {comment !== '' && <p>{comment}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
