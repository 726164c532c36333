import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addVariants,
  newArticleText,
  setHead,
  setSection,
} from '../../../src/dialogs/knowledge/edit-article';
import { parseArticle } from '../../../src/dialogs/knowledge/parse-article';

const folder = join(__dirname, '../../../dialogs/knowledge');
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => readFileSync(join(folder, name), 'utf8'));
const read = (text: string) => {
  const problems: never[] = [];
  const article = parseArticle('a.md', text, problems)?.article;
  if (!article) throw new Error(JSON.stringify(problems));
  return article;
};
/** The lines that one of two texts has and the other has not. */
const differing = (a: string, b: string): string[] => {
  const [left, right] = [a.split('\n'), b.split('\n')];
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `-${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+${line}`),
  ];
};

describe('an article that is edited', () => {
  it('keeps every byte of every shipped article that is set to what it says', () => {
    for (const text of shipped) {
      const { question, answer, source, variants } = read(text);
      const same = setHead(
        setHead(setHead(text, ['question'], question), ['source'], source),
        ['variants'],
        variants,
      );
      expect(same).toBe(text);
      expect(setSection(setSection(text, 'zh', answer.zh), 'en', answer.en)).toBe(text);
    }
  });

  const text = `---
id: sim-tray
# 常问
question: { zh: 卡槽怎么打开？, en: How do I open the tray? }
variants:
  zh: [取卡针怎么用] # 一句
  en: [where is the tray]
source: { zh: 手机说明, en: About phones }
---

# zh

用取卡针顶小孔。

# en

Push the pin.
`;

  it('changes only the lines of what is edited, comments stay', () => {
    expect(differing(text, setHead(text, ['question', 'zh'], '怎么换卡？'))).toEqual([
      '-question: { zh: 卡槽怎么打开？, en: How do I open the tray? }',
      '+question: { zh: 怎么换卡？, en: How do I open the tray? }',
    ]);
    expect(differing(text, setHead(text, ['until'], '2026-12-31'))).toEqual(['+until: "2026-12-31"']);
    expect(read(setHead(text, ['until'], '2026-12-31')).until).toBe('2026-12-31');
    expect(setHead(setHead(text, ['until'], '2026-12-31'), ['until'], undefined)).toBe(text);
    expect(differing(text, setSection(text, 'en', 'Use the pin.\nGently.'))).toEqual([
      '-Push the pin.',
      '+Use the pin.',
      '+Gently.',
    ]);
  });

  it('gets words of a channel, and loses them again', () => {
    const both = setSection(setSection(text, 'zh wechat', '用针。'), 'en wechat', 'Pin.');
    expect(read(both).answer.channels).toEqual({ wechat: { zh: '用针。', en: 'Pin.' } });
    expect(setSection(setSection(both, 'zh wechat', undefined), 'en wechat', undefined)).toBe(text);
  });

  it('gets ways of asking that it does not have yet', () => {
    const more = addVariants(text, read(text), 'zh', ['取卡针怎么用', '卡托: 弹不出 #1', '卡托: 弹不出 #1']);
    expect(read(more).variants.zh).toEqual(['取卡针怎么用', '卡托: 弹不出 #1']);
  });

  it('is begun as a whole file, whatever is typed', () => {
    const made = newArticleText({
      id: 'fee',
      question: { zh: '要钱吗: "多少"？', en: '- fee? #1' },
      variants: { zh: ['{{ x }}', 'yes'], en: ['*a'] },
      answer: { zh: ' 不收。\n放心。 ', en: 'No.' },
      source: { zh: '说明', en: 'Guide' },
    });
    expect(read(made)).toMatchObject({
      id: 'fee',
      question: { zh: '要钱吗: "多少"？', en: '- fee? #1' },
      variants: { zh: ['{{ x }}', 'yes'], en: ['*a'] },
      answer: { zh: '不收。\n放心。', en: 'No.' },
    });
  });

  it('is left to the file where it is none', () => {
    expect(() => setHead('id: a', ['id'], 'b')).toThrow(/front matter/);
    expect(() => setHead('---\nid: [\n---\n', ['id'], 'b')).toThrow(/Mend the YAML/);
  });
});
