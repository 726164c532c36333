import { v7 as uuid } from 'uuid';
import type { Proposal } from '../../contract/content-trial';
import { AppError } from '../../errors';
import { readSaidSession } from '../../records/content/past-sessions';
import type { Database } from '../../records/database';
import { CONVERSATIONS, parseConversations } from '../../rehearsal/conversations';
import { makeScript } from '../../rehearsal/make-script';
import { maskSession } from '../../rehearsal/past';
import type { Content } from '../content';
import type { Drafts } from '../drafts/drafts';
import type { VersionStore } from '../version-store';

export interface ProposalsDependencies {
  db: Database;
  drafts: Pick<Drafts, 'read' | 'save'>;
  versions: Pick<VersionStore, 'get'>;
  /** What new sessions get. */
  current: () => Pick<Content, 'version' | 'dialogs' | 'understand'>;
  clock: () => number;
}

/** Conversations of customers become tests: masked, and only after a second person has read them. */
export interface Proposals {
  /** Throws `not-found` for a session in which nobody wrote, `conflict` for one that was proposed before. */
  propose(accountId: string, sessionId: string, name: string): Promise<Proposal>;
  /** Those that nobody has decided on, the oldest first. */
  list(): Promise<Proposal[]>;
  /** Puts it into the reader's own draft. Throws `forbidden` for whoever proposed it. */
  accept(accountId: string, id: string): Promise<{ path: string; revision: number }>;
  drop(accountId: string, id: string): Promise<void>;
}

/** Where they are added. */
const FILE = `${CONVERSATIONS}/from-life.yaml`;

export function createProposals({ db, drafts, versions, current, clock }: ProposalsDependencies): Proposals {
  const open = () =>
    db
      .selectFrom('content_proposals')
      .innerJoin('accounts', 'accounts.id', 'proposed_by')
      .select([
        'content_proposals.id',
        'content_proposals.name',
        'script',
        'proposed_by',
        'proposed_at',
        'accounts.name as proposer',
      ])
      .where('state', '=', 'proposed')
      .orderBy('proposed_at');
  type Row = Awaited<ReturnType<ReturnType<typeof open>['execute']>>[number];
  const show = ({ id, name, script, proposed_by, proposer, proposed_at }: Row): Proposal => ({
    id,
    name,
    script,
    proposedBy: { id: proposed_by, name: proposer },
    proposedAt: new Date(Number(proposed_at)).toISOString(),
  });
  async function find(id: string): Promise<Row> {
    const row = await open().where('content_proposals.id', '=', id).executeTakeFirst();
    if (row) return row;
    throw new AppError('not-found', 'Somebody has decided on it already, or there is no such proposal.');
  }
  /** False when somebody else was first. */
  async function decide(id: string, accountId: string, state: 'accepted' | 'dropped'): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('content_proposals')
      .set({ state, read_by: accountId, read_at: String(clock()) })
      .where('id', '=', id)
      .where('state', '=', 'proposed')
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }
  async function write(sessionId: string, name: string): Promise<string> {
    const session = await readSaidSession(db, sessionId);
    if (!session)
      throw new AppError(
        'not-found',
        'No customer wrote to the bot in that session: there is nothing to try.',
      );
    const { version, dialogs: set, understand } = current();
    const { outcomes } = parseConversations((await versions.get(version)) ?? {});
    return makeScript({ set, understand }, outcomes, maskSession(understand, session), name);
  }

  return {
    async propose(accountId, sessionId, name) {
      const id = uuid();
      const values = { id, session_id: sessionId, name, script: await write(sessionId, name) };
      const by = { proposed_by: accountId, proposed_at: String(clock()), state: 'proposed' };
      const added = await db
        .insertInto('content_proposals')
        .values({ ...values, ...by, read_by: null, read_at: null })
        .onConflict((conflict) => conflict.column('session_id').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!added) throw new AppError('conflict', 'This conversation was proposed before; nothing was added.');
      return show(await find(id));
    },
    list: async () => (await open().execute()).map(show),
    async accept(accountId, id) {
      const proposal = await find(id);
      if (proposal.proposed_by === accountId)
        throw new AppError(
          'forbidden',
          'You have proposed it yourself: somebody else has to read it, to see that nothing personal is left.',
        );
      const { files, revision } = await drafts.read(accountId);
      const before = files[FILE] ?? '';
      const text = `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${proposal.script}`;
      const saved = await drafts.save(accountId, { revision, changes: { [FILE]: text } });
      if (saved.status === 'conflict')
        throw new AppError('conflict', 'Your draft was changed meanwhile; nothing was added. Try again.');
      // Put in twice it would be seen in the draft; lost it would not.
      if (!(await decide(id, accountId, 'accepted')))
        throw new AppError(
          'conflict',
          'Somebody else has decided on it: look whether it stands in your draft twice.',
        );
      return { path: FILE, revision: saved.draft.revision };
    },
    async drop(accountId, id) {
      await find(id);
      await decide(id, accountId, 'dropped');
    },
  };
}
