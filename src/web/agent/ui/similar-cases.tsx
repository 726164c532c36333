import { useEffect, useState } from 'react';
import type { SimilarCase } from '../../../contract/similar-cases';
import { nameOfDisposition } from '../state/name-of-disposition';
import { useDesk, useDeskState, useSpeakTime } from './context';
import { usePage } from './page';

/** How others like this customer were helped; who they were is not said. */
export function SimilarCases() {
  const { client, words } = useDesk();
  const { talk, shell } = words;
  const [cases, setCases] = useState<SimilarCase[] | null | 'loading'>('loading');
  useEffect(() => {
    void client.similarCases().then(setCases);
  }, [client]);
  return (
    <section className="similar">
      <h3>{talk.similar}</h3>
      {cases === 'loading' && <p role="status">{shell.loading}</p>}
      {cases === null && <p role="alert">{shell.notRead}</p>}
      {cases?.length === 0 && <p className="quiet">{talk.noSimilar}</p>}
      {Array.isArray(cases) && (
        <ul className="passages">
          {cases.map((each) => (
            <Case key={each.id} found={each} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Case({ found }: { found: SimilarCase }) {
  const { client, words, locale } = useDesk();
  const { talk } = words;
  const page = usePage();
  const speakTime = useSpeakTime();
  const dispositions = useDeskState(({ settings }) => settings.dispositions);
  const { at, disposition, order, helped, rating, conversationId } = found;
  const filed = order ?? nameOfDisposition(dispositions, disposition, locale);
  return (
    <li>
      <p className="state">
        {speakTime(at)} · {filed}
        {rating !== null && ` · ${talk.rated(rating)}`}
      </p>
      <p>{helped}</p>
      {conversationId !== null && (
        <button
          type="button"
          className="link-like"
          onClick={() => {
            page.show(null);
            client.open(conversationId);
          }}
        >
          {talk.openCase}
        </button>
      )}
    </li>
  );
}
