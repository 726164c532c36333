import { dayOf } from '../../../src/calendar-day';
import type { Article } from '../../../src/contract/knowledge';
import { createKnowledge } from '../../../src/understanding/knowledge/find-answers';
import { fitOfArea } from '../../../src/understanding/knowledge/holds';
import { knowledgeTraining } from '../../../src/understanding/knowledge/topics';
import { learn } from '../../../src/understanding/learn';
import { EMPTY_LEXICON } from '../../../src/understanding/lexicon';

const article = (id: string, zh: string, variants: string[], more: Partial<Article> = {}): Article => ({
  id,
  question: { zh, en: `question of ${id}` },
  variants: { zh: variants, en: [`${id} please`] },
  areas: [],
  source: { zh: '说明', en: 'manual' },
  answer: { zh: `${zh}的答案`, en: `answer of ${id}` },
  ...more,
});

const HOURS = ['营业厅几点开门', '营业厅上班时间', '你们几点关门', '周末营业厅开门吗'];
const articles = [
  article('hours-nanjing', '营业时间', HOURS, { areas: ['南京市'] }),
  article('hours', '营业时间', HOURS),
  article('invoice', '怎么开发票', ['发票在哪开', '电子发票怎么弄', '开发票要什么', '补开发票']),
  article('sale', '双十一优惠', ['双十一有什么活动', '双十一打折吗', '双十一套餐便宜多少'], {
    from: '2026-11-01',
    until: '2026-11-11',
  }),
  article('points', '积分活动', ['积分有什么活动', '积分打折吗', '积分能换便宜套餐吗']),
];
const concerns = [
  '断网了',
  '网速慢',
  '电视看不了',
  '装宽带',
  '投诉你们',
  '师傅没来',
  '手机没信号',
  '谢谢',
  '好的',
];
const surroundings = { lexicon: EMPTY_LEXICON, concerns, noAnswer: ['今天天气怎么样'] };
const model = learn(knowledgeTraining(articles, surroundings), 'test');
const options = {
  timeZone: 'Asia/Shanghai',
  // A fact that one answer names has run out.
  sayAnswer: (text: string) => (text.endsWith('points') ? null : text),
};
const { findAnswers, findArticles, holds } = createKnowledge({ articles, model, ...options });

const at = (day: string, area: Parameters<typeof findAnswers>[1]['area'] = null) => ({
  now: Date.parse(`${day}T12:00:00+08:00`),
  area,
});
const today = at('2026-11-24');
const first = (text: string, when = today) => findAnswers(text, when).articles[0]?.id;

describe('the knowledge', () => {
  it('finds an answer by words that are near', () => {
    expect(first('發票喺邊度開')).toBe('invoice');
    expect(findAnswers('发票在哪开', today)).toMatchObject({ status: 'found' });
  });

  it('has nothing for what is no question of its', () => {
    expect(findAnswers('断网了', today).status).toBe('none');
    expect(findAnswers('qwertz', today).status).toBe('none');
    expect(findAnswers('', today).status).toBe('none');
  });

  it('gives what is written for a place only there, and first there', () => {
    expect(first('营业厅几点开门', at('2026-11-24', { city: '南京市' }))).toBe('hours-nanjing');
    expect(first('营业厅几点开门', at('2026-11-24', { city: '江苏南京市', district: '鼓楼区' }))).toBe(
      'hours-nanjing',
    );
    expect(first('营业厅几点开门', at('2026-11-24', { city: '苏州市' }))).toBe('hours');
    expect(first('营业厅几点开门')).toBe('hours');
  });

  it('gives an answer from its first to its last day, as the operator counts days', () => {
    const said = (now: string) =>
      findAnswers('双十一有什么活动', { now: Date.parse(now), area: null }).articles;
    const isGiven = (now: string) => said(now).some(({ id }) => id === 'sale');
    expect(isGiven('2026-10-31T23:59:00+08:00')).toBe(false);
    expect(isGiven('2026-11-01T00:00:00+08:00')).toBe(true);
    expect(isGiven('2026-11-11T23:59:00+08:00')).toBe(true);
    expect(isGiven('2026-11-12T00:00:00+08:00')).toBe(false);
  });

  it('does not give the next best as surely as what no longer holds would have been', () => {
    expect(findAnswers('双十一打折吗', at('2026-11-05'))).toMatchObject({
      status: 'found',
      articles: [{ id: 'sale' }, {}, {}],
    });
    expect(findAnswers('双十一打折吗', today).status).not.toBe('found');
  });

  it('hands out passages in one language, only of what holds', () => {
    expect(findArticles('发票', { ...today, locale: 'en' })[0]).toEqual({
      id: 'invoice',
      title: 'question of invoice',
      text: 'answer of invoice',
      source: 'manual',
    });
    const ids = findArticles('双十一有什么活动', { ...today, locale: 'zh' }).map(({ id }) => id);
    expect(ids).not.toContain('sale');
  });

  it('learns neither what a fact is called nor what only one place is told', () => {
    const words = (zh: string) => ({ zh, en: 'An answer of words' });
    const base = article('hours', '营业厅几点开门', ['几点开']);
    const { passages } = knowledgeTraining(
      [
        { ...base, answer: words('工作日 {{ facts.hours.outlet.weekday }} 开门，周末早些关') },
        { ...base, id: 'hours-nanjing', areas: ['南京市'], answer: words('中山路那家先开门') },
      ],
      surroundings,
    );
    expect(passages.map(({ text }) => text)).toEqual(['工作日   开门', '周末早些关', 'An answer of words']);
    const { passages: local } = knowledgeTraining(
      [{ ...base, areas: ['南京市'], answer: words('中山路那家先开门') }],
      surroundings,
    );
    expect(local.map(({ text }) => text)).toContain('中山路那家先开门');
  });

  it('gives no passage of an answer that cannot be said', () => {
    const asked = '积分有什么活动';
    expect(findAnswers(asked, today).articles[0]?.id).toBe('points');
    expect(findArticles(asked, { ...today, locale: 'en' }).map(({ id }) => id)).not.toContain('points');
  });

  it('says whether an answer that a dialog names holds', () => {
    const [nanjing, , , sale] = articles as [Article, Article, Article, Article];
    expect(holds(nanjing, at('2026-11-24', { city: '苏州市' }))).toBe(false);
    expect(holds(nanjing, at('2026-11-24', { district: '鼓楼区' }))).toBe(true);
    expect(holds(sale, today)).toBe(false);
    expect(holds(sale, at('2026-11-05'))).toBe(true);
  });

  it('answers nothing where there is a single article and something else is asked', () => {
    const only = articles.slice(2, 3);
    const single = learn(knowledgeTraining(only, surroundings), 'one');
    const knowledge = createKnowledge({ articles: only, model: single, ...options });
    expect(knowledge.findAnswers('营业厅几点开门', today).status).not.toBe('found');
    expect(knowledge.findAnswers('电视看不了', today).status).toBe('none');
  });
});

describe('places and days', () => {
  it('are told apart by what is known', () => {
    const of = (...areas: string[]) => ({ areas });
    expect(fitOfArea(of(), null)).toBe('here');
    expect(fitOfArea(of('江苏省'), null)).toBe('unknown');
    expect(fitOfArea(of('江苏省'), { city: '南京市' })).toBe('unknown');
    expect(fitOfArea(of('江苏省'), { province: '江苏省' })).toBe('here');
    expect(fitOfArea(of('江苏省', '浙江省'), { province: '浙江省' })).toBe('here');
    expect(fitOfArea(of('鼓楼区', '玄武区'), { district: '栖霞区' })).toBe('elsewhere');
    expect(fitOfArea(of('内蒙古自治区'), { province: '内蒙古自治区' })).toBe('here');
  });

  it('begin at midnight where the operator is', () => {
    expect(dayOf(Date.parse('2026-11-24T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-25');
    expect(dayOf(Date.parse('2026-11-24T16:00:00Z'), 'UTC')).toBe('2026-11-24');
  });
});
