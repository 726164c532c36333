import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createContentChecker } from '../../../src/content/check/checker';
import { compileContent, parseContent, versionOf } from '../../../src/content/content';
import { createDraftStore } from '../../../src/content/drafts/draft-store';
import { createDrafts } from '../../../src/content/drafts/drafts';
import { learnModels } from '../../../src/content/model-folder';
import { createPlaceRights } from '../../../src/content/place-rights/place-rights';
import { createProposals } from '../../../src/content/trials/proposals';
import { createTrialStore } from '../../../src/content/trials/trial-store';
import { createTrials } from '../../../src/content/trials/trials';
import { createPostgresVersionStore } from '../../../src/content/version-store';
import type { Trial } from '../../../src/contract/content-trial';
import { readSaidSessions } from '../../../src/records/content/past-sessions';
import { connectDatabase, type Database } from '../../../src/records/database';
import { learn } from '../../../src/understanding/learn';
import { createTestDatabase } from '../../support/postgres';
import { tinyContent, withWords } from '../../support/tiny-content';
import { silent, until } from '../../support/turns';

const ME = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const BASE = versionOf(tinyContent);
const START = Date.UTC(2026, 10, 20, 2);
const CAUSE = 'words of praise/over';
const PRAISE = 'dialogs/conversations/praise.yaml';
const script = (reply: string) =>
  `# 表扬\n- name: praise\n  lines:\n    - { say: 师傅修得很好，给他点个赞, replies: [${reply}], step: none }\n`;

describe('a draft that is tried', () => {
  let db: Database;
  let now = START + 86_400_000;
  const folder = mkdtempSync(join(tmpdir(), 'trial-models-'));
  const checker = createContentChecker({ timeoutMs: 60_000 });

  async function addSession(id: string, lines: [role: string, text: string][]): Promise<void> {
    const value = { event: 'started', id, contentVersion: BASE, startedAt: START, channel: 'web' };
    await db
      .insertInto('facts')
      .values({
        id: `f-${id}`,
        conversation_id: `c-${id}`,
        type: 'session',
        at: String(START),
        value: JSON.stringify(value),
      })
      .execute();
    for (const [i, [role, text]] of lines.entries()) {
      const timestamp = new Date(START + i * 9000).toISOString();
      const activity = { type: 'message', text, timestamp, from: { id: role, role } };
      await db
        .insertInto('transcript')
        .values({ conversation_id: `c-${id}`, position: i, activity: JSON.stringify(activity) })
        .execute();
    }
  }

  const open = () => {
    const versions = createPostgresVersionStore(db);
    const shared = { versions, current: () => BASE, clock: () => now };
    const drafts = createDrafts({
      ...shared,
      timeZone: 'Asia/Shanghai',
      store: createDraftStore(db),
      checker,
      rights: createPlaceRights(db, shared.clock),
    });
    const trials = createTrials({
      ...shared,
      store: createTrialStore(db),
      drafts,
      runTrial: checker.runTrial,
      readSessions: (limit) => readSaidSessions(db, limit),
      settings: { folder, timeZone: 'Asia/Shanghai', margin: 0.01, replayed: 10 },
      log: silent,
    });
    return { drafts, trials };
  };
  let desk: ReturnType<typeof open>;

  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    const none = { password_hash: null, disabled_at: null, site: null, team: null };
    const people = [ME, OTHER].map((id) => ({
      id,
      login: id,
      name: `管理员${id.at(-1)}`,
      role: 'admin' as const,
    }));
    const rows = people.map((person) => ({ ...person, ...none, created_at: '0' }));
    await db.insertInto('accounts').values(rows).execute();
    const origin = { authorId: ME, message: '', parent: null, changedCount: 0 };
    await createPostgresVersionStore(db).put(BASE, tinyContent, START, origin);
    await addSession('s1', [
      ['user', '师傅服务态度真好，他电话13912345678'],
      ['bot', '谢谢您'],
      ['user', '我家在人民路18号阳光小区3号楼2单元501室'],
    ]);
    await addSession('s2', [
      ['user', '谢谢'],
      ['agent', '我是小李，请讲'],
      ['user', '表扬一下师傅'],
    ]);
    desk = open();
  });
  afterAll(async () => {
    await checker.close();
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  async function save(changes: Record<string, string | null>): Promise<number> {
    const { revision } = await desk.drafts.read(ME);
    const saved = await desk.drafts.save(ME, { revision, changes });
    expect(saved.draft.problems).toEqual([]);
    return saved.draft.revision;
  }
  async function tryIt(revision: number): Promise<Trial> {
    await desk.trials.start(ME, revision);
    let trial: Trial | null = null;
    await until(async () => {
      trial = await desk.trials.read(ME);
      return trial?.state !== 'running';
    }, 60_000);
    if (!trial) throw new Error('there is no trial');
    return trial;
  }
  const blocks = async (trial: Trial) => desk.trials.blocks(trial.version, BASE);

  it('shows what no conversation tries, and what past conversations hear otherwise, masked', async () => {
    const revision = await save({
      'dialogs/praise.yaml': withWords(tinyContent, '多谢')['dialogs/praise.yaml'] ?? '',
    });
    const trial = await tryIt(revision);
    expect(trial.result).toMatchObject({ rehearsal: { played: 0 }, comparison: null, replayed: 2 });
    expect(trial.result?.differences).toMatchObject([
      { conversation: 's1', line: 1, cause: CAUSE, after: { replies: ['多谢'] } },
    ]);
    expect(JSON.stringify(trial)).not.toMatch(/13912345678|人民路18/);
    expect(trial.blocks).toEqual([
      expect.stringMatching(/^No scripted conversation comes to praise:/),
      expect.stringMatching(/^1 kinds of differences .* words of praise\/over\.$/),
    ]);
  });

  it('can do without past conversations', async () => {
    expect(await readSaidSessions(db, 1)).toHaveLength(1);
    expect(await readSaidSessions(db, 0)).toEqual([]);
  });

  it('is held up by a conversation that fails, and by a difference that was refused', async () => {
    const trial = await tryIt(await save({ [PRAISE]: script('谢谢您的肯定') }));
    expect(trial.result?.rehearsal.failed).toMatchObject([
      {
        file: 'praise.yaml',
        name: 'praise',
        problems: [{ line: 1, problem: { type: 'missing', piece: expect.stringContaining('谢谢您的肯定') } }],
      },
    ]);
    expect(trial.blocks[0]).toMatch(/^1 of 1 scripted conversations fail \(praise\)/);
    const judged = await desk.trials.judge(ME, [CAUSE], 'refused');
    expect(judged.blocks).toEqual([
      trial.blocks[0],
      expect.stringMatching(/refused \(words of praise\/over\)/),
    ]);
    await expect(desk.trials.judge(ME, ['intent x → y'], 'accepted')).rejects.toThrow(/no difference/);
  });

  it('may be published when it is mended and the differences are accepted, as long as nothing changes', async () => {
    const revision = await save({ [PRAISE]: script('多谢') });
    const trial = await tryIt(revision);
    expect(trial.verdicts).toEqual({ [CAUSE]: 'refused' });
    await desk.trials.judge(ME, [CAUSE], 'accepted');
    expect(await blocks(trial)).toEqual([]);
    await save({ [PRAISE]: script('感谢') });
    expect(await desk.trials.read(ME)).toBeNull();
    const { files } = await desk.drafts.read(ME);
    expect(await desk.trials.blocks(versionOf(files), BASE)).toEqual([
      expect.stringMatching(/not tried yet/),
    ]);
    await expect(desk.trials.start(ME, revision)).rejects.toThrow(/changed meanwhile/);
  });

  it('is refused while it has problems, and says so when the server went away', async () => {
    const { revision } = await desk.drafts.read(ME);
    const saved = await desk.drafts.save(ME, { revision, changes: { [PRAISE]: '- name: x' } });
    expect(saved.draft.problems).toMatchObject([{ file: PRAISE, line: 1 }]);
    await expect(desk.trials.start(ME, saved.draft.revision)).rejects.toThrow(/1 problems are to be mended/);
    const ready = await save({
      [PRAISE]: script('多谢'),
      'dialogs/praise.yaml': null,
      'dialogs/praise2.yaml': null,
    });
    await createTrialStore(db).begin({
      id: '00000000-0000-7000-8000-000000000009',
      version: versionOf((await desk.drafts.read(ME)).files),
      base: BASE,
      accountId: ME,
      startedAt: now,
      endedAt: null,
      error: null,
      changedDialogs: [],
      result: null,
      verdicts: {},
    });
    expect((await desk.trials.read(ME))?.state).toBe('running');
    now += 11 * 60_000;
    expect((await desk.trials.read(ME))?.blocks).toEqual([
      expect.stringMatching(/restarted meanwhile.*again/),
    ]);
    expect(ready).toBeGreaterThan(0);
  });

  it('gets a conversation of a customer as a test, masked, once somebody else has read it', async () => {
    const parsed = parseContent(tinyContent);
    const models = await learnModels(folder, parsed, { train: learn, say: () => {} });
    const content = compileContent(parsed, models, 'Asia/Shanghai');
    const versions = createPostgresVersionStore(db);
    const proposals = createProposals({
      db,
      drafts: desk.drafts,
      versions,
      current: () => content,
      clock: () => now,
    });
    await expect(proposals.propose(ME, 'nobody', 'x')).rejects.toThrow(/nothing to try/);
    const { id, script: text } = await proposals.propose(ME, 's1', '夸师傅');
    expect(text).not.toMatch(/13912345678|人民路18/);
    expect(parse(text)).toMatchObject([
      {
        name: '夸师傅',
        channel: 'web',
        at: '2026-11-20 10:00',
        lines: [{ intent: 'praise', step: 'none' }, {}],
      },
    ]);
    await expect(proposals.propose(OTHER, 's1', 'again')).rejects.toThrow(/proposed before/);
    expect(await proposals.list()).toMatchObject([{ id, proposedBy: { id: ME } }]);
    await expect(proposals.accept(ME, id)).rejects.toThrow(/somebody else has to read it/);

    const { path, revision } = await proposals.accept(OTHER, id);
    expect((await desk.drafts.read(OTHER)).files[path]).toBe(text);
    expect(await proposals.list()).toEqual([]);
    await expect(proposals.drop(OTHER, id)).rejects.toThrow(/decided on it already/);
    await desk.trials.start(OTHER, revision);
    await until(async () => (await desk.trials.read(OTHER))?.state !== 'running', 60_000);
    expect((await desk.trials.read(OTHER))?.result?.rehearsal).toMatchObject({ played: 1, failed: [] });
  });
});
