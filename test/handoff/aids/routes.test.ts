import { findSimilar } from '../../../src/handoff/aids/find-similar';
import { registerAids } from '../../../src/handoff/aids/routes';
import { createReadFor } from '../../../src/handoff/may-read';
import {
  deleteCannedReply,
  readCannedReplies,
  writeCannedReply,
} from '../../../src/records/desk/canned-replies';
import { addNote, isNamedIn, MENTION_MS, readMentions, readNotes } from '../../../src/records/desk/notes';
import { readPastSessions } from '../../../src/records/desk/past-sessions';
import { readSolvedCases } from '../../../src/records/desk/solved-cases';
import { rankCases } from '../../../src/understanding/knowledge/rank-cases';
import { type AccountsHost, startAccountsHost } from '../../accounts/host';
import { silent } from '../../support/turns';

const ASKED = '我家卧室无线信号很差，只有一格，到晚上就断';
const NOW_TEXT = new Date(3000).toISOString();
type Person = { id: string; cookie: Record<string, string> };

/** What stands beside conversations, over HTTP and on a real Postgres. Conversations are named after who has them. */
describe('aids of agents', () => {
  let host: AccountsHost;
  let anna: Person;
  let ben: Person;
  let lead: Person;
  const told: unknown[] = [];
  beforeAll(async () => {
    host = await startAccountsHost();
    const { db, server, requirePermission } = host;
    const clock = () => host.time.now;
    registerAids(server, {
      // What is looked at of a state is who has it, and what was said last.
      desk: {
        readFor: createReadFor(
          async (id) =>
            ({
              conversationId: id,
              ownership: { owner: 'human', agentId: id.startsWith('anna') ? anna.id : null },
              dialog: {
                locale: 'zh',
                shared: { address: { full: '中山路18号', area: 'gulou-1' } },
                frames: [],
              },
            }) as never,
          (accountId, conversationId) =>
            isNamedIn(db, { accountId, conversationId, since: clock() - MENTION_MS }),
        ),
      },
      notes: {
        read: (id) => readNotes(db, id),
        add: (note) => addNote(db, note),
        mentionsOf: (accountId) => readMentions(db, { accountId, since: clock() - MENTION_MS }),
        tell: (note) => void told.push(note),
      },
      cannedReplies: {
        read: (accountId) => readCannedReplies(db, accountId),
        write: (wanted, accountId) => writeCannedReply(db, wanted, { accountId, at: clock() }),
        remove: (reply) => deleteCannedReply(db, reply),
      },
      dispositions: { services: [] },
      colleagues: async () => [{ id: anna.id, name: 'anna', role: 'agent' }],
      timeZone: 'Asia/Shanghai',
      hasModel: false,
      wrapUpSeconds: 300,
      pastSessions: (id) => readPastSessions(db, id),
      incidentsIn: async (areas) => areas.map((area) => ({ area })),
      suggest: (_state, locale) => [{ id: 'a', title: locale, text: '', source: '' }],
      findSimilar: (worker, state) =>
        findSimilar(
          {
            readCases: (conversationId) =>
              readSolvedCases(db, { codes: ['fault/solved-remotely'], since: 0, conversationId }),
            rank: rankCases,
            readLines: async () => [
              {
                position: 1,
                activity: { type: 'message', from: { id: 'u' }, text: ASKED, timestamp: NOW_TEXT },
              },
            ],
            hide: (text, names) => names.reduce((rest, each) => rest.replaceAll(each, '***'), text),
          },
          worker,
          state,
        ),
      requirePermission,
      mask: (text) => text.replace(/\d{17}[\dX]/g, '[证件号]'),
      clock,
      log: silent,
    });
    const admin = (await host.makeAdmin()).cookie;
    anna = await host.enter(admin, 'anna', 'agent');
    ben = await host.enter(admin, 'ben', 'agent');
    lead = await host.enter(admin, 'lead', 'supervisor');
  });
  afterAll(() => host.stop());
  const call = (who: Person | null, method: string, path: string, body?: unknown) =>
    host.call(method, `/agent${path}`, body, who?.cookie);
  const note = (who: Person, body: Record<string, unknown>) =>
    call(who, 'POST', '/conversations/anna-1/notes', body);

  it('are shown to who may read the conversation, and to nobody else', async () => {
    for (const path of ['notes', 'background', 'suggestions'].map(
      (each) => `/conversations/anna-1/${each}`,
    )) {
      expect([path, (await call(anna, 'GET', path)).status]).toEqual([path, 200]);
      expect([path, (await call(lead, 'GET', path)).status]).toEqual([path, 200]);
      expect([path, (await call(ben, 'GET', path)).status]).toEqual([path, 403]);
      expect([path, (await call(null, 'GET', path)).status]).toEqual([path, 401]);
    }
  });

  it('keep a note once, masked, and tell whom it names', async () => {
    const body = { clientId: 'n1', text: '身份证11010119900307123X，电话13800138000', mentions: [lead.id] };
    const first = await note(anna, body);
    const again = await note(anna, body);
    expect(again.body).toEqual(first.body);
    expect(first.body.notes).toMatchObject([
      { by: { id: anna.id, name: 'anna' }, text: '身份证[证件号]，电话138****8000', mentions: [lead.id] },
    ]);
    expect(told).toEqual([{ conversationId: 'anna-1', mentions: [lead.id], by: 'anna' }]);
    expect((await call(lead, 'GET', '/mentions')).body.notes).toHaveLength(1);
    expect((await call(ben, 'GET', '/mentions')).body.notes).toEqual([]);
    expect((await note(ben, { text: 'x' })).status).toBe(403);
    expect((await note(anna, { text: '  ' })).status).toBe(400);
  });

  it('let a colleague whom a note names read the conversation for a week, and no other', async () => {
    const path = '/conversations/anna-named/notes';
    expect((await call(ben, 'GET', path)).status).toBe(403);
    await call(anna, 'POST', path, { text: '@ben 请看', mentions: [ben.id] });
    expect((await call(ben, 'GET', path)).status).toBe(200);
    expect((await call(ben, 'GET', '/conversations/anna-other/notes')).status).toBe(403);
    const aWeekAgo = String(host.time.now - MENTION_MS);
    await host.db
      .updateTable('conversation_notes')
      .set({ at: aWeekAgo })
      .where('conversation_id', '=', 'anna-named')
      .execute();
    expect((await call(ben, 'GET', path)).status).toBe(403);
  });

  it('let agents keep replies of their own, and who leads those of the team', async () => {
    const words = { shortcut: '稍等', text: { zh: '请等 2 分钟', en: 'Two minutes, please' } };
    const made = await call(anna, 'POST', '/canned-replies', { ...words, isTeam: false });
    expect(made.status).toBe(200);
    expect((await call(anna, 'POST', '/canned-replies', { ...words, isTeam: false })).status).toBe(409);
    expect((await call(ben, 'POST', '/canned-replies', { ...words, isTeam: true })).status).toBe(403);
    const changed = { ...words, isTeam: false, shortcut: 'wait' };
    expect((await call(ben, 'POST', `/canned-replies/${made.body.id}`, changed)).status).toBe(404);
    expect((await call(anna, 'POST', `/canned-replies/${made.body.id}`, changed)).status).toBe(200);
    const seen = async (who: Person) =>
      (await call(who, 'GET', '/canned-replies')).body.replies.map(
        ({ shortcut }: { shortcut: string }) => shortcut,
      );
    expect(await seen(anna)).toContain('wait');
    expect(await seen(ben)).not.toContain('wait');
    expect(await seen(ben)).toContain('hello');
    expect((await call(ben, 'DELETE', `/canned-replies/${made.body.id}?team=false`)).status).toBe(404);
    expect((await call(anna, 'DELETE', '/canned-replies/team-hello?team=true')).status).toBe(403);
    expect((await call(lead, 'DELETE', '/canned-replies/team-hello?team=true')).status).toBe(200);
    expect(await seen(ben)).not.toContain('hello');
  });

  it('tell of earlier sessions with how they ended, and of what is broken where the customer lives', async () => {
    const fact = (id: string, type: string, at: number, value: unknown) =>
      host.db
        .insertInto('facts')
        .values({ id, conversation_id: 'anna-1', type, at: String(at), value: JSON.stringify(value) })
        .execute();
    await fact('1', 'session', 10, { event: 'started', id: 's1', channel: 'web' });
    await fact('2', 'session', 20, { event: 'ended', id: 's1', outcome: 'closed-by-agent' });
    await fact('3', 'disposition', 20, {
      sessionId: 's1',
      code: 'fault/order-made',
      note: '电话13800138000',
    });
    await fact('4', 'rating', 30, { sessionId: 's1', score: 5 });
    await fact('5', 'session', 40, { event: 'started', id: 's2', channel: 'web' });
    const { body } = await call(anna, 'GET', '/conversations/anna-1/background');
    expect(body.sessions).toMatchObject([
      { id: 's2', endedAt: null, disposition: null, rating: null },
      {
        id: 's1',
        startedAt: 10,
        endedAt: 20,
        outcome: 'closed-by-agent',
        disposition: 'fault/order-made',
        note: '电话138****8000',
        rating: 5,
      },
    ]);
    expect(body.incidents).toEqual([{ area: 'gulou-1' }]);
  });

  it('find solved cases like this one, and say to nobody whose they were', async () => {
    const fact = (id: string, conversation_id: string, type: string, at: number, value: unknown) =>
      host.db
        .insertInto('facts')
        .values({ id, conversation_id, type, at: String(at), value: JSON.stringify(value) })
        .execute();
    const said = (conversation_id: string, position: number, text: string, at: number, role = 'user') =>
      host.db
        .insertInto('transcript')
        .values({
          conversation_id,
          position,
          activity: JSON.stringify({
            type: 'message',
            text,
            timestamp: new Date(at).toISOString(),
            from: { role },
          }),
        })
        .execute();
    const solve = async (id: string, words: string, note: string, more: object = {}) => {
      await fact(`${id}-1`, id, 'session', 1000, { event: 'started', id: `s-${id}`, channel: 'web' });
      await said(id, 1, words, 2000);
      await said(id, 2, '客厅的信号一格 晚上就断', 9000);
      const filed = { sessionId: `s-${id}`, code: 'fault/solved-remotely', note, dialog: 'wifi', ...more };
      await fact(`${id}-2`, id, 'disposition', 5000, filed);
    };
    await solve('p-1', '卧室的无线信号只有一格，晚上看电视老断', '王芳家改用 5G 频段并挪开路由器');
    await solve('p-2', '光猫红灯闪，上不了网', '重启光猫');
    await solve('p-3', '卧室无线信号一格 晚上断', '没有用', { code: 'fault/not-solved' });
    await solve('p-4', '卧室无线信号一格 晚上断', '评得很差的办法');
    await fact('p-4-3', 'p-4', 'rating', 6000, { sessionId: 's-p-4', score: 1 });
    const seen = async (who: Person) => (await call(who, 'GET', '/conversations/anna-1/similar')).body.cases;
    const found = await seen(anna);
    expect(found).toEqual([
      {
        id: 'p-1-2',
        type: 'conversation',
        at: 5000,
        disposition: 'fault/solved-remotely',
        order: null,
        helped: '王芳家改用 5G 频段并挪开路由器',
        rating: null,
        conversationId: null,
      },
    ]);
    expect((await seen(lead))[0].conversationId).toBe('p-1');
    expect((await call(ben, 'GET', '/conversations/anna-1/similar')).status).toBe(403);
  });

  it('suggest in the language that is asked for', async () => {
    const { body } = await call(anna, 'GET', '/conversations/anna-1/suggestions?locale=en');
    expect(body.passages).toMatchObject([{ title: 'en' }]);
    expect((await call(anna, 'GET', '/conversations/anna-1/suggestions?locale=xx')).status).toBe(400);
  });
});
