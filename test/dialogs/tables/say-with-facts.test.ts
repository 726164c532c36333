import { loadDialogs } from '../../../src/dialogs/load';
import { dialogSet, meaning, plainPatterns, TEN, talk } from '../../support/dialogs';

const FEES = `key,place,from,until,price:yuan,note:zh,note:en
visit-fee,,2026-01-01,2026-11-30,50,含路费,travel included
visit-fee,南京市,2026-01-01,2026-11-24,30,<b>,plain
`;
const served = [{ province: '江苏省', cities: ['南京市'] }];
const DIALOG = `
id: fees
name: { zh: 收费, en: Fees }
intents: [fees]
slots: {}
steps:
  - id: told
    type: say
    text:
      zh: '上门 {{ facts.fees.visit-fee.price }}，{{ facts.fees.visit-fee.note | upcase }}。'
      en: 'A visit is {{ facts.fees.visit-fee.price }}, {{ facts.fees.visit-fee.note }}.'
    next: over
  - { id: over, type: end, text: { zh: 还有别的吗？, en: Anything else? } }
`;
const ARTICLE = `---
id: visit
question: { zh: 上门收费吗？, en: Is a visit free? }
variants: { zh: [上门多少钱], en: [visit price] }
source: { zh: 收费表, en: List of fees }
---

# zh

上门 {{ facts.fees.visit-fee.price }}。

# en

A visit is {{facts.fees.visit-fee.price}}.
`;
const ASK = `
id: ask
name: { zh: 问, en: Ask }
intents: [ask]
slots: {}
steps:
  - { id: it, type: answer, article: visit, next: over, otherwise: nothing }
  - { id: over, type: end, text: { zh: 完, en: Done } }
  - { id: nothing, type: end, text: { zh: 没有, en: Nothing } }
`;
const set = {
  ...dialogSet(
    { 'fees.yaml': DIALOG, 'ask.yaml': ASK },
    ['fees', 'ask'],
    { 'visit.md': ARTICLE },
    {
      tables: { 'fees.csv': FEES },
      served,
    },
  ),
  holds: () => true,
};
const DAY = 24 * 3600_000;

describe('a text that names facts', () => {
  it('is said with what holds where the customer is', () => {
    expect(talk(set).say('收费', {}, 'fees')[0]).toBe('上门 50 元，含路费。');
    const inNanjing = talk(set);
    inNanjing.state.shared.address = { city: '南京市', full: '南京市鼓楼区' };
    expect(inNanjing.say('收费', {}, 'fees')[0]).toBe('上门 30 元，<B>。');
  });

  it('knows the city from where somebody was sent last', () => {
    const known = talk(set);
    const customer = {
      id: 'c',
      name: null,
      phone: null,
      accounts: [],
      record: {
        id: 'c',
        formerIds: [],
        name: null,
        phone: null,
        phoneProvedAt: null,
        address: '江苏省南京市鼓楼区中山路 1 号',
        channels: [],
        orders: [],
      },
    };
    const said = known.send({ type: 'start', dialog: 'fees' }, { customer });
    expect(said[0]).toContain('30 元');
  });

  it('is not said on the day after: we do not know, and whoever keeps the table hears of it', () => {
    const late = talk(set);
    const said = late.send({ type: 'start', dialog: 'fees' }, { now: TEN + 7 * DAY });
    expect(said).toEqual(['<fact-unknown>', '还有别的吗？']);
    expect(late.effects).toContainEqual({
      type: 'unspoken-fact',
      fact: 'fees.visit-fee.price',
      reason: 'expired',
    });
    expect(late.step).toBe('none');
  });

  it('is said until the last moment of the last day of the operator', () => {
    const at = (iso: string) =>
      talk(set).send({ type: 'start', dialog: 'fees' }, { now: Date.parse(iso) })[0];
    expect(at('2026-11-30T23:59:59+08:00')).toContain('50 元');
    expect(at('2026-12-01T00:00:00+08:00')).toBe('<fact-unknown>');
  });

  it('is not said again either once its fact has run out', () => {
    const customer = talk(set);
    const repeat = (now: number) =>
      customer.send(
        { type: 'utterance', understanding: meaning('再说一遍', {}, 'repeat'), hasAttachment: false },
        { now },
      );
    for (const dialog of ['fees', 'ask']) {
      const said = customer.send({ type: 'start', dialog }, { now: TEN });
      expect(said[0]).toContain('50 元');
      expect(repeat(TEN + DAY)).toEqual(said);
      expect(repeat(TEN + 7 * DAY)).toEqual(['<fact-unknown>', said[1]]);
    }
  });

  it('is no answer to a step once its fact has run out', () => {
    const said = (now: number) => talk(set).send({ type: 'start', dialog: 'ask' }, { now });
    expect(said(TEN)).toEqual(['<answer>上门 50 元。', '完']);
    expect(said(TEN + 7 * DAY)).toEqual(['没有']);
  });
});

describe('what texts may name', () => {
  const problemsOf = (change: (text: string) => string, article = ARTICLE) =>
    loadDialogs({
      files: { 'patterns.yaml': plainPatterns, 'fees.yaml': change(DIALOG) },
      knowledge: { 'visit.md': article },
      tables: { 'fees.csv': FEES },
      served,
      intentNames: new Map([['fees', { zh: '收费', en: 'Fees' }]]),
    }).problems.map(({ file, line, path, message }) => `${file}:${line} ${path}: ${message}`);
  const swap = (from: string, to: string) => (text: string) => text.replace(from, to);

  it('is what the tables have', () => {
    expect(problemsOf((text) => text)).toEqual([]);
    expect(problemsOf(swap('facts.fees.', 'facts.prices.'))).toEqual([
      'fees.yaml:10 steps.0.text.zh: there is no table "prices"',
    ]);
    expect(problemsOf(swap('visit-fee.price', 'visit.price'))[0]).toContain('has no row "visit"');
    expect(problemsOf(swap('visit-fee.price', 'visit-fee.cost'))[0]).toContain('has no column "cost"');
    expect(problemsOf(swap('facts.fees.visit-fee.price', 'facts[slots.x].a.b'))[0]).toContain(
      'not named in full',
    );
    expect(problemsOf(swap('facts.fees.visit-fee.price', 'facts'))[0]).toContain('not named in full');
  });

  it('is named by no question, so that a question is always put', () => {
    const asked = DIALOG.replace('slots: {}', 'slots: { a: { name: { zh: 甲, en: a } } }').replace(
      '    next: over\n',
      `    next: more
  - { id: more, type: ask, slot: a, prompt: { zh: '{{ facts.fees.visit-fee.price }}？', en: 'x?' }, next: over }
`,
    );
    expect(problemsOf(() => asked)[0]).toContain('a fact of a table stands in a question');
  });

  it('is named in full by an answer, which is no template otherwise', () => {
    const within = (from: string | RegExp, to: string) =>
      problemsOf((text) => text, ARTICLE.replace(from, to));
    expect(within('visit-fee.price }}', 'visit.price }}')).toEqual([
      'knowledge/visit.md:8 zh: the table "fees" has no row "visit"',
    ]);
    expect(within('visit-fee.price}}', 'visit-fee.cost}}')[0]).toMatch(
      /^knowledge\/visit\.md:12 en: .*"cost"/,
    );
    expect(within('price }}', 'price | upcase }}')[0]).toContain('an answer is no template');
    expect(within('price }}', 'price')[0]).toContain('an answer is no template');
  });

  it('is not blamed on a text while the table cannot be read', () => {
    const { problems } = loadDialogs({
      files: { 'patterns.yaml': plainPatterns, 'fees.yaml': DIALOG },
      knowledge: {},
      tables: { 'fees.csv': 'kye,price:yuan\n' },
      intentNames: new Map([['fees', { zh: '收费', en: 'Fees' }]]),
    });
    expect(problems.map(({ file }) => file)).toEqual(['tables/fees.csv']);
  });

  it('stands in no text that belongs to no dialog', () => {
    const patterns = `${plainPatterns.replace('<closing>', '{{ facts.fees.visit-fee.price }}')}`;
    const { problems } = loadDialogs({
      files: { 'patterns.yaml': patterns },
      tables: { 'fees.csv': FEES },
      served,
      intentNames: new Map(),
    });
    expect(problems.map(({ message }) => message)).toEqual(['a fact of a table cannot be named here']);
  });
});
