import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '../../../src/contract/problem';
import { loadArticles } from '../../../src/dialogs/knowledge/load-articles';
import { NO_TABLES } from '../../../src/dialogs/tables/resolve-fact';

const good = `---
id: lights
question: { zh: 红灯？, en: Red light? }
variants:
  zh: [红灯亮]
  en: [red light]
from: 2026-01-01
until: 2026-12-31
areas: [江苏省, 南京市, 鼓楼区]
source: { zh: 说明书, en: manual }
---

# zh

第一行
第二行

# en

In English

# zh wechat

微信里的话

# en wechat

On WeChat
`;

const named = { facts: NO_TABLES, broken: new Set<string>() };
const load = (files: Record<string, string>) => {
  const problems: ContentProblem[] = [];
  const articles = loadArticles(files, { openedBy: new Set(['fault']), ...named }, problems);
  return {
    articles,
    problems: problems.map(({ file, line, path, message }) => `${file}:${line} ${path} ${message}`),
  };
};
const broken = (from: string | RegExp, to: string) => load({ 'lights.md': good.replace(from, to) }).problems;

describe('the example of docs/knowledge.md', () => {
  it('is an article', () => {
    const guide = readFileSync(join(__dirname, '../../../docs/knowledge.md'), 'utf8');
    const example = /```markdown\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const text = example.replace(/^ {3}/gm, '').replace(/# zh wechat[\s\S]*/, '');
    const problems: ContentProblem[] = [];
    const found = loadArticles(
      { 'sim-tray.md': text },
      { openedBy: new Set(['complaint-file']), ...named },
      problems,
    );
    expect(problems).toEqual([]);
    expect(found.get('sim-tray')).toMatchObject({
      areas: ['江苏省', '南京市'],
      offer: { intent: 'complaint-file' },
    });
  });
});

describe('an article', () => {
  it('is read with its lines, channels, days and places', () => {
    const { articles, problems } = load({ 'lights.md': good, 'README.md': 'no article' });
    expect(problems).toEqual([]);
    expect(articles.get('lights')).toMatchObject({
      from: '2026-01-01',
      areas: ['江苏省', '南京市', '鼓楼区'],
      answer: {
        zh: '第一行\n第二行',
        en: 'In English',
        channels: { wechat: { zh: '微信里的话', en: 'On WeChat' } },
      },
    });
    expect(articles.size).toBe(1);
  });

  it('is read alike with the line ends and the mark of Windows', () => {
    const { articles, problems } = load({ 'lights.md': `\ufeff${good.replaceAll('\n', '\r\n')}` });
    expect(problems).toEqual([]);
    expect(articles.get('lights')?.answer.zh).toBe('第一行\n第二行');
  });

  it.each([
    [/^---\n/, '', 'knowledge/lights.md:1  the front matter is missing'],
    ['id: lights', 'id: lamps', 'knowledge/lights.md:2 id id is "lamps"'],
    ['until: 2026-12-31', 'until: 2025-12-31', 'knowledge/lights.md:8 until it ends before it begins'],
    ['until: 2026-12-31', 'until: 2026-02-30', 'knowledge/lights.md:8 until a day such as 2026-12-31'],
    ['南京市', '南京', 'knowledge/lights.md:9 areas.1 a place such as 江苏省, 南京市 or 鼓楼区'],
    ['source:', 'origin:', 'knowledge/lights.md:10 origin unknown key "origin"'],
    ['# en\n', '# fr\n', 'knowledge/lights.md:18 fr "fr" is under no known heading'],
    [
      '# en wechat',
      '# en telegram',
      'knowledge/lights.md:26 en telegram "en telegram" is under no known heading',
    ],
    ['On WeChat', '', 'knowledge/lights.md:26 en wechat "# en wechat" has no text'],
    ['第一行', '{{ slots.phone }}', 'knowledge/lights.md:13 zh an answer is no template'],
    ['第一行', '**第一行**', 'knowledge/lights.md:13 zh an answer is plain text'],
    [
      'source:',
      'offer: { intent: fly, ask: { zh: 飞吗, en: Fly? } }\nsource:',
      'knowledge/lights.md:10 offer.intent no dialog is opened by "fly"',
    ],
  ])('with %s as "%s" is told of with its line', (from, to, problem) => {
    expect(broken(from, to)).toContain(problem);
  });

  it('shares a way of asking only with the same question', () => {
    const other = good.replace('id: lights', 'id: lamps');
    expect(load({ 'lights.md': good, 'lamps.md': other }).problems).toEqual([]);
    const another = other.replace('红灯？', '绿灯？');
    expect(load({ 'lights.md': good, 'lamps.md': another }).problems).toEqual([
      'knowledge/lamps.md:5 variants.zh.0 "红灯亮" stands in lights too',
      'knowledge/lamps.md:6 variants.en.0 "red light" stands in lights too',
    ]);
  });
});
