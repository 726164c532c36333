import { existsSync } from 'node:fs';
import { loadDispositions } from '../../src/content/load-dispositions';
import { correctedTo, type Judge } from '../../src/content/misunderstood';
import { readMisunderstood } from '../../src/content/read-misunderstood';
import { readFiledSessions } from '../../src/records/content/filed-sessions';
import { dismissMessages, readDismissed } from '../../src/records/content/learnable-messages';
import { readSaidSession, readSaidSessions } from '../../src/records/content/past-sessions';
import { connectDatabase, type Database } from '../../src/records/database';
import { addTestAccounts } from '../support/content-node';
import { meaning } from '../support/dialogs';
import { createTestDatabase } from '../support/postgres';

const ROOT = `${__dirname}/../..`;
const ME = '00000000-0000-4000-8000-000000000001';
const START = Date.UTC(2026, 10, 24, 2);
const all = { since: 0, limit: 100 };

describe('words that correct', () => {
  it.each([
    ['不是，我是要办宽带', '我是要办宽带'],
    ['不对，我要投诉', '我要投诉'],
    ['你搞错了，我想退订彩铃', '我想退订彩铃'],
    ['不是这个，我问的是话费', '我问的是话费'],
    ['我的意思是网速慢', '网速慢'],
    ['No, I want to move my line', 'I want to move my line'],
    ['I mean my bill', 'my bill'],
  ])('are known, with what is wanted instead: %s', (text, rest) => {
    expect(correctedTo(text)).toBe(rest);
  });

  it.each([
    '不是',
    '不是的，是三栋',
    '不对',
    '我要办宽带',
    'no',
    'no thanks',
    '不是我家，是我妈家',
    '我的意思是',
  ])('are told from answers to a question: %s', (text) => {
    expect(correctedTo(text)).toBeNull();
  });
});

describe('messages that were taken for something else', () => {
  let db: Database;
  /** What is served understands so; tests change it as a publish does. */
  let meanings: Record<string, string>;
  const understand: Judge['understand'] = (text) => {
    const intent = Object.entries(meanings).find(([piece]) => text.includes(piece))?.[1];
    const at = text.indexOf('13800001234');
    const entities =
      at < 0
        ? []
        : [{ type: 'phone', text: '13800001234', start: at, end: at + 11, value: '13800001234' } as const];
    return meaning(text, { entities }, intent);
  };
  const byIntent = new Map([
    ['fault', 'fault-report'],
    ['install', 'broadband-install'],
    ['bill', 'bill-query'],
  ]);

  async function addSession(
    id: string,
    said: [role: string, text: string][],
    filed?: { code: string | null; dialog: string | null },
  ): Promise<void> {
    const started = { event: 'started', id, contentVersion: 'v', startedAt: START, channel: 'web' };
    const facts = [
      { id: `s-${id}`, type: 'session', value: started },
      ...(filed
        ? [{ id: `d-${id}`, type: 'disposition', value: { sessionId: id, agentId: ME, note: '', ...filed } }]
        : []),
    ];
    for (const { id: fact, type, value } of facts)
      await db
        .insertInto('facts')
        .values({ id: fact, conversation_id: id, type, at: String(START), value: JSON.stringify(value) })
        .execute();
    for (const [position, [role, text]] of said.entries()) {
      const timestamp = new Date(START + position * 9000).toISOString();
      const activity = JSON.stringify({ type: 'message', text, timestamp, from: { id: role, role } });
      await db.insertInto('transcript').values({ conversation_id: id, position, activity }).execute();
    }
  }
  const read = () =>
    readMisunderstood(
      {
        judge: () => ({ understand, byIntent }),
        dispositions: loadDispositions(ROOT, ROOT),
        readSessions: (limit) => readSaidSessions(db, limit),
        readSession: (id) => readSaidSession(db, id),
        readFiled: (range) => readFiledSessions(db, range),
        readDismissed: (keys) => readDismissed(db, keys),
      },
      all,
    );

  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    await addTestAccounts(db, { [ME]: 'One' });
    for (const id of ['a', 'b'])
      await addSession(id, [
        ['user', '网怎么还没弄好，电话13800001234'],
        ['bot', '用不了网确实着急'],
        ['user', '不是，我要办宽带'],
      ]);
    await addSession('c', [['user', '网坏了我要退钱']], {
      code: 'billing/refund-asked',
      dialog: 'fault-report',
    });
    await addSession('right', [['user', '网坏了']], { code: 'fault/order-made', dialog: 'fault-report' });
    await addSession('open', [['user', '网坏了呀']], { code: 'other/gone', dialog: 'fault-report' });
    await addSession('note', [['user', '网坏了呢']], { code: null, dialog: 'fault-report' });
    await addSession('same', [
      ['user', '网坏了'],
      ['user', '不是，我要说网坏了'],
    ]);
  });
  beforeEach(() => {
    meanings = { 办宽带: 'install', 网: 'fault' };
  });
  afterAll(() => db.destroy());

  it('are found by the customer’s next words and by what an agent filed, masked and counted', async () => {
    expect(await read()).toEqual([
      {
        key: '网怎么还没弄好电话电话',
        text: '网怎么还没弄好,电话[电话]',
        locale: 'zh',
        count: 2,
        lastAt: START,
        understood: 'fault',
        chosen: 'install',
        filed: null,
      },
      {
        key: '网坏了我要退钱',
        text: '网坏了我要退钱',
        locale: 'zh',
        count: 1,
        lastAt: START,
        understood: 'fault',
        chosen: null,
        filed: { zh: '账单套餐 · 已报退费', en: 'Bills and plans · Refund asked for' },
      },
    ]);
  });

  it('are not listed any more once they are understood', async () => {
    meanings = { 退钱: 'bill', 还没弄好: 'install', 办宽带: 'install', 网: 'fault' };
    expect(await read()).toEqual([]);
  });

  it('are not listed any more once they were dismissed', async () => {
    await dismissMessages(db, { keys: ['网坏了我要退钱'], accountId: ME, at: START });
    expect((await read()).map(({ key }) => key)).toEqual(['网怎么还没弄好电话电话']);
  });
});

describe('the dialogs of a service', () => {
  it('are there, and none stands in two', () => {
    const named = loadDispositions(ROOT, ROOT).services.flatMap(({ dialogs = [] }) => dialogs);
    expect(new Set(named).size).toBe(named.length);
    expect(named.filter((id) => !existsSync(`${ROOT}/dialogs/${id}.yaml`))).toEqual([]);
  });
});
