import { findAccount } from '../../accounts/accounts';
import { writeAudit } from '../../accounts/audit';
import { AppError } from '../../errors';
import type { Database } from '../../records/database';
import { parseAreas } from '../../understanding/entities/address/service-areas';
import type { ContentFiles } from '../content';
import { isOwnChange } from './is-own-change';
import { ownPlaces } from './own-places';

const AREAS = 'intents/entities/areas.yaml';

/**
 * Rights by place: an account with places changes nothing of the content but what belongs to them. Asked wherever a draft is
 * written and wherever something is put before customers, for programs that work in its name too.
 */
export interface PlaceRights {
  /** Throws `forbidden` when two versions differ in something else than the places of an account, and notes that. */
  checkChange(accountId: string, before: ContentFiles, after: ContentFiles): Promise<void>;
  /** Throws `forbidden` when an account is limited to places, for what reaches everybody, and notes that. */
  checkEverywhere(accountId: string): Promise<void>;
}

export function createPlaceRights(db: Database, clock: () => number): PlaceRights {
  const placesOf = async (accountId: string): Promise<string[]> =>
    (await findAccount(db, { id: accountId }))?.places ?? [];
  async function refuse(accountId: string, note: string, message: string): Promise<never> {
    const entry = { accountId, action: 'content.refuse', subject: `account:${accountId}`, note } as const;
    await writeAudit(db, { ...entry, at: clock() });
    throw new AppError('forbidden', message);
  }
  return {
    async checkChange(accountId, before, after) {
      const places = await placesOf(accountId);
      if (places.length === 0) return;
      const { areas } = parseAreas({ 'areas.yaml': before[AREAS] ?? 'provinces: []' });
      const own = ownPlaces(places, areas);
      const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
      const foreign = paths.find((path) => {
        const [was, is] = [before[path] ?? null, after[path] ?? null];
        return !isOwnChange({ path, before: was, after: is }, own);
      });
      if (foreign === undefined) return;
      await refuse(
        accountId,
        foreign,
        `Nothing was saved, and the draft is as it was. ${foreign} would change outside of your places (${places.join(', ')}): you change rows of tables that have one of them, and answers whose areas lie within. Take the other changes back, or ask an admin without this limit.`,
      );
    },
    async checkEverywhere(accountId) {
      const places = await placesOf(accountId);
      if (places.length === 0) return;
      await refuse(
        accountId,
        'everywhere',
        `Nothing was changed. This reaches customers everywhere, and your account is for ${places.join(', ')}: ask an admin without this limit.`,
      );
    },
  };
}
