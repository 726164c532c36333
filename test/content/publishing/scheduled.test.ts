import { type ContentFiles, versionOf } from '../../../src/content/content';
import { createBringUp } from '../../../src/content/publishing/bring-up';
import { readPublications } from '../../../src/content/publishing/publications';
import { AGAIN_MS, createScheduled } from '../../../src/content/publishing/scheduled';
import { startServing } from '../../../src/content/serving/serve-loop';
import { firstState } from '../../../src/content/serving/serving-state';
import { createServingStore, type ServingStore } from '../../../src/content/serving/serving-store';
import { versionStateOf } from '../../../src/content/serving/version-state';
import { createPostgresVersionStore } from '../../../src/content/version-store';
import type { ContentVersions } from '../../../src/content/versions';
import type { Blocker } from '../../../src/contract/content-editing';
import { connectDatabase, type Database } from '../../../src/records/database';
import { openTestContent, removeTestFolders } from '../../support/content-node';
import { createTestDatabase } from '../../support/postgres';
import { tinyContent, withWords } from '../../support/tiny-content';
import { silent } from '../../support/turns';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const files: ContentFiles = withWords(tinyContent, '明天的话');
const version = versionOf(files);
const refused: Blocker = { check: 'trial', message: 'A difference was refused.', problems: [] };

describe('a version that is due', () => {
  let db: Database;
  let store: ServingStore;
  let now: number;
  let due: number;
  let blockers: Blocker[];
  /** What a look at the store, or bringing a version up, throws at present. */
  let storeFault: Error | null;
  let bringFault: Error | null;
  const opened: { stop(): Promise<void> }[] = [];

  /** A node of its own: another memory, another disk. */
  async function openNode(
    name: string,
  ): Promise<{ versions: ContentVersions; look: () => Promise<boolean> }> {
    const versions = await openTestContent(db, tinyContent, { clock: () => now });
    opened.push(startServing({ nodeId: name, versions, store, log: silent }));
    const bringUp = createBringUp({ serving: store, versions });
    const versionStore = createPostgresVersionStore(db);
    const failing = <T>(fault: Error | null, work: () => Promise<T>): Promise<T> =>
      fault ? Promise.reject(fault) : work();
    const look = createScheduled({
      serving: {
        read: () => failing(storeFault, store.read),
        change: (change) => failing(storeFault, () => store.change(change)),
      },
      bringUp: { change: (...all) => failing(bringFault, () => bringUp.change(...all)) },
      gate: async () => blockers,
      filesOf: async (id) => (await versionStore.get(id)) ?? {},
      live: () => versionStore.usedSince(0),
      clock: () => now,
      log: silent,
    });
    return { versions, look };
  }
  const node = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

  beforeEach(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    store = createServingStore(db);
    [now, blockers, storeFault, bringFault] = [1e12, [], null, null];
    due = now + HOUR_MS;
  });
  afterEach(async () => {
    for (const loop of opened.splice(0)) await loop.stop();
    await db.destroy();
  });
  afterAll(removeTestFolders);

  async function schedule(): Promise<void> {
    const origin = { authorId: null, message: '', parent: null, changedCount: 1 };
    await createPostgresVersionStore(db).put(version, files, now, origin);
    const planned = {
      version,
      at: due,
      accountId: null,
      sessions: 'finish' as const,
      map: {},
      rollOut: null,
      holdUp: null,
    };
    await store.change(async (state) => ({ ...(state ?? firstState('')), planned, isByHand: true }));
  }
  const standing = async () => {
    const served = await store.read();
    return served && versionStateOf(version, served.state);
  };
  const acts = async () => (await readPublications(db, [version])).get(version)?.map(({ action }) => action);
  const iso = (at: number) => new Date(at).toISOString();

  it('is published once by one of two nodes that look at the same time, and served by both', async () => {
    const [one, other] = [await openNode(node(1)), await openNode(node(2))];
    await schedule();
    expect([await one.look(), await other.look()]).toEqual([false, false]);
    now = due;
    const looks = await Promise.all([one.look(), other.look()]);
    expect(looks.filter(Boolean)).toHaveLength(1);
    expect([one.versions.current.version, other.versions.current.version]).toEqual([version, version]);
    expect(await acts()).toEqual(['publish']);
  });

  it('is published at the first look after a restart that took longer than the wait', async () => {
    await openNode(node(1));
    await schedule();
    for (const loop of opened.splice(0)) await loop.stop();
    now = due + 3 * 24 * HOUR_MS;
    const again = await openNode(node(2));
    expect(await again.look()).toBe(true);
    expect([again.versions.current.version, await standing()]).toEqual([version, { type: 'current' }]);
  });

  it('waits while the store is gone, and is published when it is back', async () => {
    const { look } = await openNode(node(1));
    await schedule();
    now = due;
    storeFault = new Error('connection refused');
    await expect(look()).rejects.toThrow('connection refused');
    now += HOUR_MS;
    storeFault = null;
    expect(await look()).toBe(true);
    expect(await acts()).toEqual(['publish']);
  });

  it('is tried again after a fault, which all see meanwhile, and is given up after an hour', async () => {
    const { look } = await openNode(node(1));
    await schedule();
    now = due;
    bringFault = new Error('no space left');
    expect(await look()).toBe(false);
    const holdUp = { since: iso(due), until: iso(due + HOUR_MS), why: { type: 'fault' } };
    expect(await standing()).toEqual({ type: 'scheduled', at: iso(due), holdUp });
    bringFault = null;
    now += AGAIN_MS - 1;
    expect(await look()).toBe(false);
    now += 1;
    expect(await look()).toBe(true);
    expect(await standing()).toEqual({ type: 'current' });
  });

  it('ends with the reason when what stands in the way does not go, and changes nothing for customers', async () => {
    const [one, other] = [await openNode(node(1)), await openNode(node(2))];
    const before = one.versions.current.version;
    await schedule();
    now = due;
    blockers = [refused];
    await Promise.all([one.look(), other.look()]);
    expect(await standing()).toMatchObject({ holdUp: { why: { type: 'blocked', blockers } } });
    now = due + 10 * MINUTE_MS;
    expect(await Promise.all([one.look(), other.look()])).toEqual([false, false]);
    const why = { type: 'blocked', blockers };
    expect(await standing()).toEqual({ type: 'missed', at: iso(due), endedAt: iso(now), why });
    expect(await acts()).toEqual(['schedule.fail']);
    blockers = [];
    now += HOUR_MS;
    expect(await one.look()).toBe(false);
    expect([one.versions.current.version, await acts()]).toEqual([before, ['schedule.fail']]);
  });

  it('goes on when a trial that was running has ended well', async () => {
    const { look } = await openNode(node(1));
    await schedule();
    now = due;
    blockers = [refused];
    await look();
    blockers = [];
    now += 9 * MINUTE_MS;
    expect(await look()).toBe(true);
  });
});
