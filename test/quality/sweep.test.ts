import { randomUUID } from 'node:crypto';
import { judgeAll } from '../../src/quality/sweep';
import { connectDatabase, type Database } from '../../src/records/database';
import { createWriteRecords } from '../../src/records/write-records';
import { createTestDatabase } from '../support/postgres';
import { shippedRules } from '../support/quality';

const NOW = Date.UTC(2026, 10, 24, 2);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('the sweep of what is over', () => {
  let db: Database;
  const agentId = randomUUID();
  let written = 0;
  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    const account = { id: agentId, login: 'g1', name: '陈静', role: 'agent', created_at: '0' };
    await db
      .insertInto('accounts')
      .values({ ...account, password_hash: null, disabled_at: null })
      .execute();
  });
  afterAll(() => db.destroy());

  const fact = async (conversationId: string, type: string, at: number, value: object) => {
    written += 1;
    const row = { type: 'fact' as const, id: `f${written}`, conversationId, fact: { type, at, value } };
    // The shape of what the records relay reads.
    await createWriteRecords(db)([row as never]);
  };
  const say = async (conversationId: string, at: number, role: string, text: string) => {
    written += 1;
    const timestamp = new Date(at).toISOString();
    const activity = JSON.stringify({ type: 'message', timestamp, from: { id: 'x', role }, text });
    await db
      .insertInto('transcript')
      .values({ conversation_id: conversationId, position: written, activity })
      .execute();
  };
  const owner = (conversationId: string, at: number, epoch: number, who: string) =>
    fact(conversationId, 'ownership', at, {
      owner: who,
      epoch,
      agentId: who === 'human' || who === 'wrap-up' ? agentId : null,
      channel: 'web',
      dialog: null,
    });
  const items = () => db.selectFrom('quality_items').selectAll().orderBy('began_at').execute();

  it('judges the bot’s part and a human stretch once each, and only when wrap-up is over', async () => {
    const id = 'c1';
    await fact(id, 'session', NOW, { event: 'started', id: 's1', channel: 'web' });
    await say(id, NOW, 'user', '转人工');
    await say(id, NOW, 'bot', '好的');
    await owner(id, NOW, 1, 'queued');
    await owner(id, NOW + MINUTE, 2, 'human');
    await say(id, NOW + 3 * MINUTE, 'agent', '这个不归我管');
    await owner(id, NOW + 4 * MINUTE, 3, 'wrap-up');
    await fact(id, 'disposition', NOW + 4 * MINUTE, {
      sessionId: 's1',
      agentId,
      code: 'other/answered',
      note: '',
    });
    expect(await judgeAll(db, shippedRules, NOW + 5 * MINUTE)).toBe(1);
    await owner(id, NOW + 6 * MINUTE, 4, 'bot');
    expect(await judgeAll(db, shippedRules, NOW + 7 * MINUTE)).toBe(1);
    expect(await judgeAll(db, shippedRules, NOW + 8 * MINUTE)).toBe(0);
    const [bot, human] = await items();
    expect(bot).toMatchObject({
      id: 'c1:b:s1',
      agent_id: null,
      ended_at: String(NOW + MINUTE),
      findings: [],
    });
    expect(human).toMatchObject({
      id: 'c1:h:2',
      agent_id: agentId,
      session_id: 's1',
      disposition: 'other/answered',
      findings: [{ kind: 'forbidden' }, { kind: 'slow-first-reply', seconds: 120 }],
    });
  });

  it('judges again when a rating comes, or a promised time passes', async () => {
    const task = {
      id: randomUUID(),
      conversation_id: 'c1',
      account_id: agentId,
      text: '回电',
      told_at: null,
    };
    const times = { created_at: String(NOW + 2 * MINUTE), due_at: String(NOW + DAY), done_at: null };
    await db
      .insertInto('agent_tasks')
      .values({ ...task, ...times })
      .execute();
    await fact('c1', 'rating', NOW + 9 * MINUTE, { sessionId: 's1', score: 1 });
    // Both parts of the session were rated.
    expect(await judgeAll(db, shippedRules, NOW + 10 * MINUTE)).toBe(2);
    expect((await items())[1]).toMatchObject({
      rating: 1,
      sampled_because: expect.arrayContaining(['low-rating']),
    });
    expect(await judgeAll(db, shippedRules, NOW + DAY - 1)).toBe(0);
    expect(await judgeAll(db, shippedRules, NOW + DAY + 1)).toBe(1);
    const [, human] = await items();
    expect(human?.findings).toContainEqual(expect.objectContaining({ kind: 'promise-broken' }));
    expect(await judgeAll(db, shippedRules, NOW + DAY + 2)).toBe(0);
  });

  it('takes a session that nobody ended for over after a day', async () => {
    await fact('c2', 'session', NOW, { event: 'started', id: 's2', channel: 'wechat' });
    await say('c2', NOW, 'user', '宽带');
    expect(await judgeAll(db, shippedRules, NOW + DAY - 1)).toBe(0);
    expect(await judgeAll(db, shippedRules, NOW + DAY)).toBe(1);
  });
});
