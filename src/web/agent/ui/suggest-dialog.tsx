import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { useEffect, useRef, useState } from 'react';
import type { Conversation, Passage } from '../state/types';
import { useDesk, useDeskState } from './context';
import { usePage } from './page';
import { SimilarCases } from './similar-cases';

const passagesIn = (read: Passage[] | null | 'loading'): Passage[] => (Array.isArray(read) ? read : []);

/** What the knowledge has on the customer's last words, and drafts of a model where there is one. Nothing goes out by itself. */
export function SuggestDialog({ view }: { view: Conversation }) {
  const { client, words, locale } = useDesk();
  const { talk, shell } = words;
  const page = usePage();
  const hasModel = useDeskState((state) => state.settings.hasModel);
  const isOpen = page.overlay === 'suggest';
  const [passages, setPassages] = useState<Passage[] | null | 'loading'>('loading');
  const [isDrafting, setIsDrafting] = useState(false);
  const said = view.locale ?? locale;
  const isWaiting = useRef(isOpen);
  useEffect(() => {
    isWaiting.current = isOpen;
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    setPassages('loading');
    void client.suggestions(said).then(setPassages);
  }, [isOpen, client, said]);
  function use(text: string, isNote = false): void {
    page.show(null);
    page.propose(text, isNote);
  }
  async function draft(purpose: 'summary' | 'suggested-reply'): Promise<void> {
    setIsDrafting(true);
    const text = await client.draftByModel(purpose);
    setIsDrafting(false);
    // Who has gone on to another conversation, or closed this, does not want it any more.
    const isWanted = isWaiting.current && client.store.read().openId === view.conversationId;
    // A summary is for colleagues.
    if (text !== null && isWanted) use(text, purpose === 'summary');
  }
  return (
    <Modal open={isOpen} title={talk.suggestions} footer={null} width={640} onCancel={() => page.show(null)}>
      {hasModel && (
        <p className="actions">
          <Button loading={isDrafting} onClick={() => void draft('suggested-reply')}>
            {talk.draft}
          </Button>
          <Button loading={isDrafting} onClick={() => void draft('summary')}>
            {talk.summarise}
          </Button>
        </p>
      )}
      {passages === 'loading' && <p role="status">{shell.loading}</p>}
      {passages === null && <p role="alert">{shell.notRead}</p>}
      {passages?.length === 0 && <p>{talk.noSuggestions}</p>}
      <ul className="passages">
        {passagesIn(passages).map(({ id, title, text, source }) => (
          <li key={id}>
            <h3>{title}</h3>
            <p>{text}</p>
            <p className="state">
              {talk.source}: {source}
            </p>
            <Button onClick={() => use(text)}>{talk.useIt}</Button>
          </li>
        ))}
      </ul>
      {isOpen && <SimilarCases />}
    </Modal>
  );
}
