import { registerQuality } from '../../../src/quality/routes';
import { type AccountsHost, startAccountsHost } from '../../accounts/host';
import { shippedQuality } from '../../support/quality';
import { silent } from '../../support/turns';

const DAY = 24 * 3600_000;
/** A full sheet of the policy that ships. */
const FULL = { wording: 10, empathy: 15, privacy: 15, accuracy: 25, solution: 25, closing: 10 };

describe('review by people', () => {
  let host: AccountsHost;
  /** Sign-ins end after hours: what is judged has a clock of its own. */
  const time = { now: Date.UTC(2026, 10, 24, 2) };
  const people: Record<string, Awaited<ReturnType<AccountsHost['enter']>>> = {};
  const who = (name: string) => {
    const found = people[name];
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  beforeAll(async () => {
    host = await startAccountsHost();
    const { db, requirePermission } = host;
    const { policy, calendar } = shippedQuality;
    registerQuality(host.server, {
      db,
      policy,
      appealRule: { workingDays: policy.appeal.workingDays, calendar },
      timeZone: 'Asia/Shanghai',
      mask: (text) => text.replace(/\d{18}/, '[证件号]'),
      requirePermission,
      clock: () => time.now,
      log: silent,
    });
    const admin = (await host.makeAdmin()).cookie;
    for (const [login, role] of [
      ['anna', 'agent'],
      ['ben', 'agent'],
      ['lead', 'supervisor'],
      ['lena', 'supervisor'],
      ['luke', 'supervisor'],
      ['eyes', 'auditor'],
    ] as const)
      people[login] = await host.enter(admin, login, role);
  }, 30_000);
  afterAll(() => host.stop());

  /** A stretch of anna's that was drawn. */
  const addStretch = async (id: string, given: Record<string, unknown> = {}) => {
    const ended = time.now;
    await host.db
      .insertInto('quality_items')
      .values({
        id,
        kind: 'human',
        conversation_id: `of-${id}`,
        session_id: null,
        agent_id: who('anna').id,
        channel: 'web',
        dialog: null,
        began_at: String(ended - 60_000),
        ended_at: String(ended),
        disposition: null,
        rating: null,
        measures: JSON.stringify({ firstReplyMs: 5000, longestSilenceMs: 0, customerLines: 1, ownLines: 1 }),
        findings: JSON.stringify([{ kind: 'forbidden', position: 1, from: 0, to: 2, seconds: null }]),
        sampled_because: ['finding'],
        wanted: 1,
        judged_at: String(ended),
        ...given,
      })
      .execute();
    return id;
  };
  const call = async (name: string, method: string, path: string, body?: unknown) =>
    host.call(method, path, body, who(name).cookie);
  const review = async (name: string, id: string, given: Record<string, unknown> = {}) => {
    const seen = (await call(name, 'GET', `/quality/items/${id}`)).body?.item?.version ?? 0;
    return call(name, 'POST', `/quality/items/${id}/reviews`, { version: seen, scores: FULL, ...given });
  };
  const listed = async (name: string, view: string) =>
    ((await call(name, 'GET', `/quality/items?view=${view}`)).body.items as { id: string }[]).map(
      ({ id }) => id,
    );

  it('shows what was said beside the sheet, without numbers', async () => {
    const id = await addStretch('q-shown');
    const timestamp = new Date(time.now - 1000).toISOString();
    const activity = {
      type: 'message',
      timestamp,
      from: { id: 'u', role: 'user' },
      text: '电话 13800138000',
    };
    await host.db
      .insertInto('transcript')
      .values({ conversation_id: `of-${id}`, position: 1, activity: JSON.stringify(activity) })
      .execute();
    const { body } = await call('lead', 'GET', `/quality/items/${id}`);
    expect(body.lines).toEqual([
      { position: 1, at: time.now - 1000, role: 'user', text: '电话 138****8000', isPart: true },
    ]);
    expect(body.form.sheet).toHaveLength(6);
    expect(body.mayReview).toBe('first');
    expect((await call('anna', 'GET', `/quality/items/${id}`)).status).toBe(403);
    expect((await call('eyes', 'GET', `/quality/items/${id}`)).body.mayReview).toBe('not-allowed');
    expect((await review('eyes', id)).status).toBe(403);
  });

  it('takes a whole sheet only, and makes nothing of what is unforgivable', async () => {
    const id = await addStretch('q-zero');
    expect((await review('lead', id, { scores: { ...FULL, wording: 11 } })).status).toBe(400);
    expect((await review('lead', id, { scores: { wording: 1 } })).status).toBe(400);
    expect((await review('lead', id, { zeros: ['bad-hair'] })).status).toBe(400);
    const comment = '客户 110101199003074514 被骂';
    const kept = await review('lead', id, { zeros: ['insult'], comment });
    expect(kept.body.reviews).toMatchObject([{ total: 0, zeros: ['insult'], comment: '客户 [证件号] 被骂' }]);
    expect(kept.body.item).toMatchObject({ result: 0, reviews: 1 });
    const audit = await host.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'quality.review')
      .execute();
    expect(audit).toMatchObject([{ subject: 'stretch:q-zero', note: null }]);
  });

  it('never lets one sheet replace another’s', async () => {
    const id = await addStretch('q-both', { wanted: 2 });
    const version = 0;
    const both = await Promise.all([
      call('lead', 'POST', `/quality/items/${id}/reviews`, { version, scores: FULL }),
      call('lena', 'POST', `/quality/items/${id}/reviews`, { version, scores: { ...FULL, wording: 0 } }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [first, second] = both[0].status === 200 ? ['lead', 'lena'] : ['lena', 'lead'];
    // Whoever comes second does not see the first sheet before their own is written.
    expect((await call(second, 'GET', `/quality/items/${id}`)).body.reviews).toEqual([]);
    expect((await call(first, 'GET', `/quality/items/${id}`)).body.reviews).toHaveLength(1);
    expect((await call('anna', 'GET', `/agent/quality/${id}`)).status).toBe(404);
    expect((await review(second, id, { scores: { ...FULL, wording: 4 } })).body.reviews).toHaveLength(2);
    expect((await review('luke', id)).status).toBe(409);
    // One's own can be mended.
    expect((await review(second, id, { scores: { ...FULL, wording: 6 } })).body.reviews).toHaveLength(2);
    expect(await listed('luke', 'to-review')).not.toContain(id);
    const { agreement } = (await call('lead', 'GET', `/quality/results?to=${time.now + 1}`)).body;
    expect(agreement).toMatchObject({ pairs: 1, zeroAgreement: 1 });
  });

  it('an agent objects in time, and somebody else decides', async () => {
    // A Friday morning: three working days later is Wednesday.
    time.now = Date.UTC(2026, 10, 27, 2);
    const id = await addStretch('q-appeal');
    await review('lead', id, { scores: { ...FULL, accuracy: 5 } });
    const own = (await call('anna', 'GET', `/agent/quality/${id}`)).body;
    expect(own).toMatchObject({ item: { result: 80 }, appealUntil: Date.UTC(2026, 11, 2, 2) });
    const appeal = (name: string, reason = '口径当天已改，见公告') =>
      call(name, 'POST', `/agent/quality/${id}/appeal`, { reason });
    expect((await appeal('ben')).status).toBe(404);
    time.now = Date.UTC(2026, 11, 2, 2);
    expect((await appeal('anna')).body.appeal).toMatchObject({
      reason: '口径当天已改，见公告',
      decidedAt: null,
    });
    expect((await appeal('anna')).status).toBe(409);
    expect(await listed('lead', 'appeals')).toContain(id);
    expect((await review('lead', id)).status).toBe(403);
    expect((await review('lena', id)).body.item).toMatchObject({ result: 100, appeal: 'decided' });
    expect((await review('luke', id)).status).toBe(409);
    expect((await call('anna', 'GET', '/agent/quality')).body.items[0]).toMatchObject({ id, result: 100 });
  });

  it('refuses an objection that comes too late', async () => {
    const id = await addStretch('q-late');
    await review('lead', id);
    time.now += 6 * DAY;
    const late = await call('anna', 'POST', `/agent/quality/${id}/appeal`, { reason: '不同意这个分数' });
    expect(late.status).toBe(409);
    expect(late.body.error.message).toMatch(/3 working days/);
  });

  it('nobody judges their own work, and the bot is judged like everybody', async () => {
    const own = await addStretch('q-own', { agent_id: who('lead').id });
    expect((await review('lead', own)).status).toBe(403);
    expect(await listed('lead', 'to-review')).not.toContain(own);
    expect(await listed('luke', 'to-review')).toContain(own);
    const bots = await addStretch('q-bot', { kind: 'bot', agent_id: null });
    await review('luke', bots, { scores: { ...FULL, closing: 0 } });
    const { weeks } = (await call('eyes', 'GET', `/quality/results?to=${time.now + 1}`)).body;
    expect(weeks).toContainEqual(
      expect.objectContaining({ agentId: null, reviewed: 1, mean: 90, findings: { forbidden: 1 } }),
    );
    expect(weeks).toContainEqual(expect.objectContaining({ agentName: 'anna', zeros: 1 }));
    expect((await call('anna', 'GET', '/quality/results')).status).toBe(403);
  });
});
