import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import type { QualityCase } from '../../../../contract/quality';
import { useDesk } from '../context';
import { AppealPart } from './appeal-part';
import { Facts } from './facts';
import { ReviewsPart } from './reviews-part';
import { ScoreSheet } from './score-sheet';
import { Words } from './words';

/** One stretch: what was said at the left, what is known and said about it at the right. */
export function StretchCase({ path, onBack }: { path: string; onBack: () => void }) {
  const { client, words } = useDesk();
  const { quality } = words;
  const [shown, setShown] = useState<QualityCase | null>(null);
  const read = useCallback(async () => {
    const found = await client.call<QualityCase>('GET', path);
    if (found) setShown(found);
  }, [client, path]);
  useEffect(() => void read(), [read]);
  if (!shown) return <p role="status">{quality.loading}</p>;
  const { mayReview } = shown;
  const writes = mayReview === 'first' || mayReview === 'appeal' || mayReview === 'change';
  return (
    <div className="stretch-case">
      <section>
        <Button size="small" onClick={onBack}>
          {quality.backToList}
        </Button>
        <Words shown={shown} />
      </section>
      <div>
        <Facts shown={shown} />
        <AppealPart shown={shown} path={path} onDone={setShown} />
        <ReviewsPart shown={shown} />
        {writes ? (
          <ScoreSheet shown={shown} path={path} onDone={setShown} onStale={read} />
        ) : (
          quality.mayNot[mayReview] && <p className="hint">{quality.mayNot[mayReview]}</p>
        )}
      </div>
    </div>
  );
}
