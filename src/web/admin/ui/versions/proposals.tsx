import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useCallback, useEffect, useState } from 'react';
import type { Proposal } from '../../../../contract/content-trial';
import { Code } from '../code';
import { useAdmin, useAdminState, useNotice } from '../context';

const PATH = '/admin/content/proposals';

/** Conversations of customers that somebody wants to be tests: somebody else reads them first. */
export function Proposals() {
  const { client, words } = useAdmin();
  const { review } = words;
  const [list, setList] = useState<Proposal[]>([]);
  const read = useCallback(async () => {
    const found = await client.ask<{ proposals: Proposal[] }>('GET', PATH);
    if (found) setList(found.proposals);
  }, [client]);
  useEffect(() => void read(), [read]);
  return (
    <section className="history-list" aria-label={review.proposals}>
      <h2>{review.proposals}</h2>
      <p className="hint">{review.proposalsHint}</p>
      {list.length === 0 ? (
        <p className="quiet">{review.noProposals}</p>
      ) : (
        <ol>
          {list.map((proposal) => (
            <OneProposal key={proposal.id} proposal={proposal} onDone={() => void read()} />
          ))}
        </ol>
      )}
    </section>
  );
}

function OneProposal({ proposal, onDone }: { proposal: Proposal; onDone: () => void }) {
  const { client, words } = useAdmin();
  const { review } = words;
  const say = useNotice();
  const own = useAdminState(({ account }) => account?.id);
  const [isOpen, setIsOpen] = useState(false);
  const { id, name, script, proposedBy } = proposal;
  /** It is put into one's draft at the server: what is not saved yet goes first. */
  async function accept(isSaved: boolean): Promise<void> {
    if (!isSaved) return;
    const done = await client.ask<{ path: string }>('POST', `${PATH}/${encodeURIComponent(id)}/accept`, {});
    if (done) {
      await client.readDraft();
      say(review.accepted(done.path));
    }
    onDone();
  }
  async function drop(): Promise<void> {
    await client.ask('DELETE', `${PATH}/${encodeURIComponent(id)}`);
    onDone();
  }
  return (
    <li>
      <p className="version-head">
        <b>{name}</b>
        <span className="quiet">{review.proposedBy(proposedBy.name)}</span>
        <Button size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {review.read}
        </Button>
      </p>
      {isOpen && (
        <>
          <Code label={name} value={script} maxHeight="360px" />
          {proposedBy.id === own && <p className="hint">{review.ownProposal}</p>}
          <div className="actions">
            <Button
              type="primary"
              disabled={proposedBy.id === own}
              onClick={() => void client.inTurn(accept)}
            >
              {review.accept}
            </Button>
            <Popconfirm title={review.drop} description={review.dropHint} onConfirm={() => void drop()}>
              <Button>{review.drop}</Button>
            </Popconfirm>
          </div>
        </>
      )}
    </li>
  );
}
