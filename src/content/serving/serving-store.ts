import { sql } from 'kysely';
import { CONTENT_LOCK, takeLock } from '../../records/advisory-lock';
import type { Database } from '../../records/database';
import { type ServingState, servingStateSchema } from './serving-state';

/** The state with the number of its last change. */
export interface Served {
  revision: number;
  state: ServingState;
}

/** What all nodes serve, and what each of them is ready for. */
export interface ServingStore {
  read(): Promise<Served | null>;
  /**
   * Changes the state, one change after the other. `change` gets null before the first start; what it throws changes
   * nothing; the same object back changes nothing either. Writes of `change` through `tx` are part of it.
   */
  change(change: (state: ServingState | null, tx: Database) => Promise<ServingState>): Promise<Served>;
  /** Notes what a node has, for whoever waits until all nodes have it. */
  report(node: NodeReport): Promise<void>;
  /** The state when its revision is not the one that the node knows; null otherwise. */
  newer(revision: number): Promise<Served | null>;
  /** What nodes that reported within the last seconds have. */
  nodes(): Promise<NodeReport[]>;
  /** Takes a node that ends off the list. */
  leave(nodeId: string): Promise<void>;
}

export interface NodeReport {
  nodeId: string;
  /** The revision that it serves. */
  revision: number;
  /** Versions that it could serve at once. */
  ready: string[];
}

/** A node that has not reported for so long is not waited for. */
const GONE = sql<string>`interval '5 seconds'`;

export function createServingStore(db: Database): ServingStore {
  const readFrom = async (from: Database): Promise<Served | null> => {
    const row = await from.selectFrom('content_serving').select(['revision', 'state']).executeTakeFirst();
    return row ? { revision: row.revision, state: servingStateSchema.parse(row.state) } : null;
  };
  return {
    read: () => readFrom(db),
    change: (change) =>
      db.transaction().execute(async (tx) => {
        await takeLock(tx, CONTENT_LOCK);
        const before = await readFrom(tx);
        const state = await change(before?.state ?? null, tx);
        if (before && state === before.state) return before;
        const next = { revision: (before?.revision ?? 0) + 1, state };
        const values = { revision: next.revision, state: JSON.stringify(state) };
        await tx
          .insertInto('content_serving')
          .values({ id: 1, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute();
        return next;
      }),
    async report({ nodeId, revision, ready }) {
      const values = { revision, ready, seen_at: sql<string>`now()` };
      await db
        .insertInto('content_nodes')
        .values({ id: nodeId, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },
    async newer(revision) {
      const row = await db
        .selectFrom('content_serving')
        .select(['revision', 'state'])
        .where('revision', '!=', revision)
        .executeTakeFirst();
      return row ? { revision: row.revision, state: servingStateSchema.parse(row.state) } : null;
    },
    async nodes() {
      const rows = await db
        .selectFrom('content_nodes')
        .select(['id', 'revision', 'ready'])
        .where(sql<boolean>`seen_at > now() - ${GONE}`)
        .execute();
      return rows.map(({ id, ...rest }) => ({ nodeId: id, ...rest }));
    },
    async leave(nodeId) {
      await db
        .deleteFrom('content_nodes')
        .where((where) =>
          where.or([where('id', '=', nodeId), sql<boolean>`seen_at < now() - interval '1 day'`]),
        )
        .execute();
    },
  };
}
