import type { Database } from '../../src/records/database';
import { startConversation } from '../support/conversation';
import { openTestDatabase } from '../support/orders';
import { createWorld } from './world';

/** The state of a conversation in which a dialog was left open. */
function openReport(conversationId: string, at: number) {
  const talk = startConversation({}, conversationId);
  talk.now = at;
  talk.say('坏了');
  return talk.state;
}

const P = '13800138000';
const Q = '13900139000';
const DAY_MS = 24 * 3600_000;

describe('linking a customer', () => {
  let db: Database;
  let world: ReturnType<typeof createWorld>;
  beforeAll(async () => {
    db = await openTestDatabase();
  });
  afterAll(() => db.destroy());
  beforeEach(async () => {
    await db.deleteFrom('customer_links').execute();
    await db.deleteFrom('customers').execute();
    await db.deleteFrom('audit').execute();
    await db.deleteFrom('events_out').execute();
    world = createWorld(db);
  });
  const told = async () => {
    const rows = await db.selectFrom('events_out').select(['conversation_id', 'name']).execute();
    return rows.filter(({ name }) => name === 'customer.changed').map((row) => row.conversation_id);
  };
  const auditLines = async () => {
    const rows = await db.selectFrom('audit').select(['action', 'subject', 'note']).orderBy('id').execute();
    return rows;
  };

  describe('by a one-time code', () => {
    it('makes one customer of two channels that proved the same phone', async () => {
      const [web, wechat] = [world.visitor('web'), world.visitor('wechat')];
      expect(await world.linkByCode(web, P)).toBe('linked');
      expect(await world.linkByCode(wechat, P)).toBe('linked');
      expect(await world.areOne(web, wechat)).toBe(true);
      const channels = (await world.record(wechat))?.channels.map(({ channel }) => channel);
      expect(channels?.sort()).toEqual(['web', 'wechat']);
      expect(await world.record(web)).toMatchObject({ phone: P });
    });

    it('refuses without a code, and a code of another conversation', async () => {
      const [web, other] = [world.visitor(), world.visitor()];
      expect(await world.link(web)).toContain('no-proof');
      await world.prove(other, P);
      expect(await world.link(web)).toContain('no-proof');
      expect(await world.record(web)).toBeNull();
    });

    it('takes a proof once: neither again nor in another command', async () => {
      const web = world.visitor();
      await world.linkByCode(web, P);
      await world.unlink(web);
      expect(await world.link(web)).toContain('no-proof');
      expect(await world.record(web)).toBeNull();
    });

    it('does the same command again after a crash, with the same outcome and no second link', async () => {
      const web = world.visitor();
      await world.prove(web, P);
      expect(await world.link(web, null, { id: 'once' })).toBe('linked');
      expect(await world.link(web, null, { id: 'once' })).toBe('linked');
      const rows = await db.selectFrom('customer_links').selectAll().execute();
      expect(rows.map(({ kind }) => kind).sort()).toEqual(['phone', 'web']);
    });

    it('takes no proof that is ten minutes old', async () => {
      const web = world.visitor();
      await world.prove(web, P);
      world.time.now += 10 * 60_000;
      expect(await world.link(web)).toContain('no-proof');
    });

    it('joins a second account of WeChat to the first', async () => {
      const [one, two] = [world.visitor('wechat'), world.visitor('wechat')];
      await world.linkByCode(one, P);
      await world.linkByCode(two, P);
      expect(await world.areOne(one, two)).toBe(true);
    });

    it('asks what is meant when the conversation belongs to a customer with another phone', async () => {
      const [web, wechat] = [world.visitor('web'), world.visitor('wechat')];
      await world.linkByCode(web, P);
      await world.linkByCode(wechat, Q);
      expect(await world.linkByCode(web, Q)).toBe('other-customer');
      expect(await world.areOne(web, wechat)).toBe(false);
      expect(await world.record(web)).toMatchObject({ phone: P });
    });

    it('merges both by the same proof when the customer says that both are theirs', async () => {
      const [web, wechat] = [world.visitor('web'), world.visitor('wechat')];
      await world.linkByCode(web, P);
      await world.linkByCode(wechat, Q);
      await world.linkByCode(web, Q);
      expect(await world.link(web, 'merge')).toBe('merged');
      expect(await world.areOne(web, wechat)).toBe(true);
      expect(await world.record(web)).toMatchObject({ phone: Q });
    });

    it('moves the conversation alone when the customer says so', async () => {
      const [web, wechat, app] = [
        world.visitor('web'),
        world.visitor('wechat'),
        world.visitor('bot-framework'),
      ];
      await world.linkByCode(web, P);
      await world.linkByCode(app, P);
      await world.linkByCode(wechat, Q);
      await world.linkByCode(web, Q);
      expect(await world.link(web, 'switch')).toBe('linked');
      expect(await world.areOne(web, wechat)).toBe(true);
      expect(await world.areOne(web, app)).toBe(false);
      expect(await world.record(app)).toMatchObject({ phone: P });
    });

    it('gives a further phone that nobody holds to the customer only when it is said to be theirs', async () => {
      const web = world.visitor();
      await world.linkByCode(web, P);
      expect(await world.linkByCode(web, Q)).toBe('other-customer');
      expect(await world.link(web, 'merge')).toBe('linked');
      const later = world.visitor('wechat');
      await world.linkByCode(later, P);
      expect(await world.areOne(web, later)).toBe(true);
    });

    it('merges nobody by a phone that was only typed', async () => {
      const [web, stranger] = [world.visitor(), world.visitor()];
      await world.linkByCode(web, P);
      await world.run('otp.send', stranger, { args: { phone: P } });
      await world.run('otp.verify', stranger, { args: { phone: P, code: 'typed' } });
      const asker = { ...stranger.asker, phone: P };
      expect(await world.link({ ...stranger, asker })).toContain('no-proof');
      await world.orders.create({ phone: P }, { conversationId: stranger.conversationId });
      expect(await world.areOne(web, stranger)).toBe(false);
      expect(await world.listOf(web)).toEqual([]);
    });
  });

  describe('by a token of the app', () => {
    it('joins the app to the channel where the phone was proven', async () => {
      const [wechat, app] = [world.visitor('wechat'), world.appUser('a', P)];
      await world.linkByCode(wechat, P);
      await world.meet(app);
      expect(await world.areOne(wechat, app)).toBe(true);
    });

    it('joins the conversations of one user, with the accounts that the app vouches for', async () => {
      const [one, two] = [world.appUser('a', P, ['kd1']), world.appUser('a', P, ['kd1'])];
      await world.meet(one);
      await world.meet(two);
      expect(await world.areOne(one, two)).toBe(true);
      const accounts = await db
        .selectFrom('customer_links')
        .select('key')
        .where('kind', '=', 'account')
        .execute();
      expect(accounts).toEqual([{ key: 'kd1' }]);
    });

    it('never joins two people because they share a broadband account', async () => {
      const [one, two] = [world.appUser('a', P, ['kd1']), world.appUser('b', Q, ['kd1'])];
      await world.meet(one);
      await world.meet(two);
      expect(await world.areOne(one, two)).toBe(false);
    });

    it('follows a user whose phone has changed, and takes the old phone from them', async () => {
      const [before, wechat] = [world.appUser('a', P), world.visitor('wechat')];
      await world.meet(before);
      const after = world.appUser('a', Q);
      await world.meet(after);
      expect(await world.areOne(before, after)).toBe(true);
      expect(await world.record(after)).toMatchObject({ phone: Q });
      await world.linkByCode(wechat, P);
      expect(await world.areOne(after, wechat)).toBe(false);
    });

    it('merges the user with who proved the new phone, since the app vouches for both', async () => {
      const [app, wechat] = [world.appUser('a', P), world.visitor('wechat')];
      await world.meet(app);
      await world.linkByCode(wechat, Q);
      await world.meet(world.appUser('a', Q));
      expect(await world.areOne(app, wechat)).toBe(true);
    });

    it('takes another user of the app on the same phone for somebody else', async () => {
      const [one, two] = [world.appUser('a', P), world.appUser('b', P)];
      await world.meet(one);
      await world.meet(two);
      expect(await world.areOne(one, two)).toBe(false);
      expect(await world.record(one)).toMatchObject({ phone: null });
    });

    it('takes them for one when the operator names the same holder', async () => {
      world.holders.set(P, { name: '王芳', account: 'kd1' });
      const [one, two] = [world.appUser('a', P), world.appUser('b', P)];
      await world.meet(one);
      await world.meet(two);
      expect(await world.areOne(one, two)).toBe(true);
      expect(await world.record(one)).toMatchObject({ name: '王芳' });
    });

    it('links nobody again who has ended the link of the app, until they ask for it', async () => {
      const app = world.appUser('a', P);
      await world.meet(app);
      await world.unlink(app);
      const later = world.appUser('a', P);
      await world.meet(later);
      expect(await world.record(later)).toBeNull();
      expect(await world.link(later)).toBe('linked');
      expect(await world.record(later)).toMatchObject({ phone: P });
    });
  });

  describe('of the app, when it ends', () => {
    it('ends in all conversations of the user, and other channels stay linked', async () => {
      const [one, two, wechat] = [world.appUser('a', P), world.appUser('a', P), world.visitor('wechat')];
      await world.meet(one);
      world.time.now += 1000;
      await world.meet(two);
      await world.linkByCode(wechat, P);
      await world.unlink(one);
      expect([await world.record(one), await world.record(two)]).toEqual([null, null]);
      expect(await world.record(wechat)).toMatchObject({ phone: P });
      const later = world.appUser('a', P);
      await world.meet(later);
      expect(await world.record(later)).toBeNull();
    });

    it('merges nobody because the user went over to another number in one conversation', async () => {
      const [app, other] = [world.appUser('a', P), world.visitor('wechat')];
      await world.meet(app);
      await world.linkByCode(other, Q);
      const byCode = { ...app, asker: { ...app.asker, proof: 'one-time-code' as const } };
      await world.linkByCode(byCode, Q);
      world.time.now += 1000;
      expect(await world.link(byCode, 'switch')).toBe('linked');
      world.time.now += 1000;
      const later = world.appUser('a', P);
      await world.meet(later);
      expect(await world.areOne(later, other)).toBe(false);
      expect(await world.record(later)).toMatchObject({ phone: P });
    });
  });

  it('finds a dialog on WeChat behind many conversations of the app', async () => {
    const wechat = world.visitor('wechat');
    await world.linkByCode(wechat, P);
    for (let i = 0; i < 12; i += 1) {
      world.time.now += 1000;
      await world.meet(world.appUser('a', P));
    }
    const state = openReport(wechat.conversationId, world.time.now);
    world.states.set(wechat.conversationId, state);
    const app = world.appUser('a', P);
    await world.meet(app);
    expect((await world.read(app)).unfinished).toMatchObject({ channel: 'web', dialog: 'test-line' });
  });

  it('finds nothing that a human has, that is too old, or that is not to move', async () => {
    const [wechat, app] = [world.visitor('wechat'), world.appUser('a', P)];
    await world.linkByCode(wechat, P);
    await world.meet(app);
    const now = world.time.now;
    const open = openReport(wechat.conversationId, now);
    const found = async (state: typeof open) => {
      world.states.set(wechat.conversationId, state);
      return (await world.read(app)).unfinished;
    };
    expect(await found(open)).not.toBeNull();
    expect(await found({ ...open, ownership: { ...open.ownership, owner: 'human' } })).toBeNull();
    expect(await found(openReport(wechat.conversationId, now - 30 * DAY_MS))).toBeNull();
    const frames = open.dialog?.frames.map((frame) => ({ ...frame, dialog: 'link-phone' })) ?? [];
    expect(await found({ ...open, dialog: open.dialog && { ...open.dialog, frames } })).toBeNull();
  });

  describe('a number that was given to somebody else', () => {
    it('is taken from who had it, when the operator names another holder', async () => {
      world.holders.set(P, { name: '王芳', account: 'kd1' });
      const [old, young] = [world.visitor('wechat'), world.visitor('web')];
      await world.linkByCode(old, P);
      world.holders.set(P, { name: '李雷', account: 'kd2' });
      await world.linkByCode(young, P);
      expect(await world.areOne(old, young)).toBe(false);
      expect(await world.record(young)).toMatchObject({ phone: P, name: '李雷' });
      expect(await world.record(old)).toMatchObject({ phone: null, name: '王芳' });
      expect(await told()).toEqual([old.conversationId]);
    });

    it.each([
      [89, true],
      [90, false],
    ])('%i days after the last proof, when nobody can tell: the same person is %s', async (days, isSame) => {
      const [old, young] = [world.visitor('wechat'), world.visitor('web')];
      await world.linkByCode(old, P);
      world.time.now += days * DAY_MS;
      await world.linkByCode(young, P);
      expect(await world.areOne(old, young)).toBe(isSame);
    });

    it('stays with its holder for years when the operator names the same one', async () => {
      world.holders.set(P, { name: '王芳', account: 'kd1' });
      const [old, young] = [world.visitor('wechat'), world.visitor('web')];
      await world.linkByCode(old, P);
      world.time.now += 900 * DAY_MS;
      expect(await world.record(old)).toMatchObject({ phone: null });
      await world.linkByCode(young, P);
      expect(await world.areOne(old, young)).toBe(true);
    });

    it('is judged with care while the operator is away', async () => {
      const [old, young] = [world.visitor('wechat'), world.visitor('web')];
      await world.linkByCode(old, P);
      world.isOperatorAway = true;
      world.time.now += 91 * DAY_MS;
      await world.linkByCode(young, P);
      expect(await world.areOne(old, young)).toBe(false);
    });
  });

  it('makes one customer of many links at the same time', async () => {
    const all = Array.from({ length: 8 }, (_, i) => world.visitor(i % 2 ? 'web' : 'wechat'));
    for (const who of all) await world.prove(who, P);
    const statuses = await Promise.all(all.map((who) => world.link(who)));
    expect(new Set(statuses)).toEqual(new Set(['linked']));
    const ids = await Promise.all(all.map(async (who) => (await world.record(who))?.id));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toBeDefined();
  });

  it('makes at most one customer of two users of the app who come at the same time, and of a code between them', async () => {
    world.holders.set(P, { name: '王芳', account: 'kd1' });
    const web = world.visitor();
    await world.prove(web, P);
    const [one, two] = [world.appUser('a', P), world.appUser('b', P)];
    await Promise.all([world.meet(one), world.link(web), world.meet(two)]);
    expect([await world.areOne(one, two), await world.areOne(one, web)]).toEqual([true, true]);
  });

  it('tells the other conversations of the customer, and not the one that was linked', async () => {
    const [web, wechat] = [world.visitor('web'), world.visitor('wechat')];
    await world.linkByCode(web, P);
    expect(await told()).toEqual([]);
    await world.linkByCode(wechat, P);
    expect(await told()).toEqual([web.conversationId]);
  });

  it('tells nobody when a user of the app comes back, and everybody when their phone has changed', async () => {
    const wechat = world.visitor('wechat');
    await world.linkByCode(wechat, P);
    await world.meet(world.appUser('a', P));
    await db.deleteFrom('events_out').execute();
    const again = world.appUser('a', P);
    await world.meet(again);
    expect(await told()).toEqual([]);
    await world.meet(world.appUser('a', Q));
    expect(await told()).toContain(wechat.conversationId);
    expect(await told()).toContain(again.conversationId);
  });

  it('remembers whom a customer was taken for before', async () => {
    const [web, wechat] = [world.visitor('web'), world.visitor('wechat')];
    await world.linkByCode(web, P);
    await world.linkByCode(wechat, Q);
    const before = (await world.record(web))?.id;
    await world.linkByCode(web, Q);
    await world.link(web, 'merge');
    expect((await world.record(web))?.formerIds).toEqual([before]);
  });

  it('audits links, merges and unlinkings by ids, without a word about anybody', async () => {
    world.holders.set(P, { name: '王芳', account: 'kd1' });
    const [web, wechat] = [world.visitor('web'), world.visitor('wechat')];
    await world.linkByCode(web, P);
    await world.linkByCode(wechat, Q);
    await world.linkByCode(web, Q);
    await world.link(web, 'merge');
    await world.unlink(web);
    const lines = await auditLines();
    expect(lines.map(({ action }) => action)).toEqual([
      'customer.link',
      'customer.link',
      'customer.merge',
      'customer.unlink',
    ]);
    expect(lines.every(({ subject }) => /^customer:[0-9a-f-]{36}$/.test(subject))).toBe(true);
    const text = JSON.stringify(lines);
    for (const secret of [P, Q, '8000', '王芳', 'kd1', web.conversationId, web.asker.userId]) {
      expect(text).not.toContain(secret);
    }
  });

  it('leaves orders with the conversations that made them', async () => {
    const [web, wechat] = [world.visitor('web'), world.visitor('wechat')];
    const order = await world.orders.create({}, { conversationId: web.conversationId });
    await world.linkByCode(web, P);
    await world.linkByCode(wechat, Q);
    await world.linkByCode(wechat, P);
    await world.link(wechat, 'merge');
    const row = await db
      .selectFrom('work_orders')
      .select('conversation_id')
      .where('number', '=', order.number)
      .executeTakeFirstOrThrow();
    expect(row.conversation_id).toBe(web.conversationId);
  });

  it('keeps every proof and its end: how, when, why', async () => {
    const web = world.visitor();
    await world.linkByCode(web, P);
    world.time.now += 1000;
    await world.unlink(web, 'all');
    const rows = await db.selectFrom('customer_links').selectAll().orderBy('kind').execute();
    expect(rows).toMatchObject([
      { kind: 'phone', key: P, proof: 'one-time-code', revoked_because: 'customer' },
      {
        kind: 'web',
        key: web.asker.userId,
        conversation_id: web.conversationId,
        revoked_because: 'customer',
      },
    ]);
    for (const row of rows)
      expect(Number(row.revoked_at) - Number(row.proved_at)).toBeGreaterThanOrEqual(1000);
  });
});
