import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { previewOf } from '../../src/content/preview';

const TEXT = `id: a
name: { zh: 甲, en: a }
slots:
  phone: { name: { zh: 电话, en: phone } }
samples:
  - phone: "13800138000"
steps:
  - id: pick
    type: choose
    slot: phone
    prompt: { zh: "打 {{ slots.phone | phone }} 吗？", en: "Call {{ slots.phone | phone }}?" }
    options:
      - { value: yes, label: { zh: 是, en: "Yes" } }
      - { value: no, label: { zh: 否, en: "No" } }
    next: over
  - id: over
    type: end
`;
const asked = { now: 0, timeZone: 'Asia/Shanghai' };

describe('the preview of a step', () => {
  it('fills in the sample, and shows what each channel makes of a choice', () => {
    const { said, fault } = previewOf({ text: TEXT, step: 'pick', ...asked });
    expect(fault).toBeNull();
    const on = (channel: string) => said.find((each) => each.channel === channel && each.locale === 'zh');
    expect(on('web')).toMatchObject({ texts: ['打 138****8000 吗？'], taps: ['是', '否'], broken: [] });
    expect(on('wechat-text')).toMatchObject({ taps: [] });
    expect(on('wechat-text')?.texts.join('\n')).toContain('1. 是');
  });

  it('says why there is nothing to be shown', () => {
    expect(previewOf({ text: TEXT, step: 'gone', ...asked }).fault).toMatch('no step "gone"');
    expect(previewOf({ text: 'id: [', step: 'pick', ...asked }).fault).not.toBeNull();
    const endless = TEXT.replace(
      '打 {{ slots.phone | phone }} 吗？',
      '{% for i in (1..9999999) %}x{% endfor %}',
    );
    expect(previewOf({ text: endless, step: 'pick', ...asked }).fault).not.toBeNull();
  });
});

const FACTS = {
  tables: {
    'fees.csv':
      'key,place,until,price:yuan\ninstall,,,100\ninstall,江苏省,2026-12-31,80\ninstall,南京市,,50\n',
  },
  areas: `provinces:
  - name: { zh: 江苏省, en: Jiangsu }
    cities:
      - { name: { zh: 南京市, en: Nanjing }, districts: [{ name: { zh: 鼓楼区, en: Gulou } }] }
`,
};

describe('the preview of a text that names facts', () => {
  const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');
  const article = read('dialogs/knowledge/install-fee.md');
  const patterns = read('dialogs/patterns.yaml');
  const shown = (place: string | null, day: string) =>
    previewOf({ article, patterns, facts: { ...FACTS, place, day }, ...asked }).said[0]?.texts.join();

  it('shows what holds at a place on a day, and what is said where nothing does', () => {
    expect(shown(null, '2026-12-01')).toContain('安装调测费 100 元');
    expect(shown('江苏省', '2026-12-31')).toContain('安装调测费 80 元');
    expect(shown('南京市', '2027-01-01')).toContain('安装调测费 50 元');
    expect(shown('江苏省', '2027-01-01')).toMatch(/没有现在有效的说法/);
    expect(shown('江苏省', '2027-01-01')).not.toMatch(/元|来源/);
  });

  it('knows of nothing without tables', () => {
    expect(previewOf({ article, patterns, ...asked }).said[0]?.texts.join()).toMatch(/没有现在有效的说法/);
  });

  it('fills in a step of a dialog as well', () => {
    const text = `${TEXT}    text: { zh: "装机 {{ facts.fees.install.price }}。", en: "It is {{ facts.fees.install.price }}." }\n`;
    const said = (day: string) =>
      previewOf({
        text,
        step: 'over',
        facts: { ...FACTS, place: '江苏省', day },
        ...asked,
      }).said[0]?.texts.join();
    expect(said('2026-12-31')).toBe('装机 80 元。');
    expect(said('2027-01-01')).toMatch(/没有现在有效的说法/);
  });
});

describe('the preview of an answer', () => {
  const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');
  const patterns = read('dialogs/patterns.yaml');

  it('shows the answer with its source and what it offers, in the words of each channel', () => {
    const article = `${read('dialogs/knowledge/install-fee.md')}\n# zh wechat\n\n微信的话。\n\n# en wechat\n\nFor WeChat.\n`;
    const facts = { ...FACTS, place: null, day: '2026-12-01' };
    const { said, fault } = previewOf({ article, patterns, facts, ...asked });
    expect(fault).toBeNull();
    const on = (channel: string) =>
      said
        .filter((each) => each.channel === channel && each.locale === 'zh')
        .map(({ texts }) => texts.join('\n'));
    expect(on('web')[0]).toMatch(/^有空闲线路的[\s\S]*来源：装机须知$/);
    expect(on('web')[1]).toBe('要现在装宽带吗？');
    expect(on('wechat-menu')[0]).toMatch(/^微信的话。/);
  });

  it('says why there is none', () => {
    const fault = (article: string) => previewOf({ article, patterns, ...asked }).fault;
    expect(fault('nothing')).toBe('the front matter is missing');
    const good = read('dialogs/knowledge/install-fee.md');
    expect(fault(good.replace('有空闲线路的', '{{ x }}'))).toBe('an answer is no template');
    expect(previewOf({ article: good, patterns: 'answer: 1', ...asked }).fault).not.toBeNull();
  });
});
