import { join } from 'node:path';
import fc from 'fast-check';
import { findSecrets } from '../../../src/channels/mask';
import { loadAgentWords } from '../../../src/content/load-agent-words';
import { checkText } from '../../../src/handoff/before-sending/check-text';

const root = join(__dirname, '../../..');
const words = loadAgentWords(root, root);
const check = (text: string, hasTask = false) =>
  checkText(text, { words, findSecrets, hasTask }).map(
    ({ kind, from, to }) => `${kind} ${text.slice(from, to)}`,
  );

describe('before a message leaves', () => {
  it.each([
    ['这个不归我管，您问营业厅', ['forbidden 不归我管']],
    ['您的问题今天 18:40 前修好。', []],
    ['It is NOT MY JOB, sorry', ['forbidden NOT MY JOB']],
    // A phrase inside a longer word is none.
    ['That is just the ruler we use', []],
    ['您可以投诉，也可以申诉', []],
    ['投诉也没用的', ['forbidden 投诉也没用']],
  ])('forbidden words are shown: %s', (text, findings) => {
    expect(check(text, true)).toEqual(findings);
  });

  it.each([
    ['您的电话 138 0013 8000 对吗', ['personal-data 138 0013 8000']],
    ['电话１３８００１３８０００', ['personal-data １３８００１３８０００']],
    ['身份证 110101199003074514', ['personal-data 110101199003074514']],
    ['写信到 li.lei@mail.example', ['personal-data li.lei@mail.example']],
    ['单号 F2611240ABCD1239 已派', []],
    ['尾号 8000', []],
  ])('personal data are shown: %s', (text, findings) => {
    expect(check(text, true)).toEqual(findings);
  });

  it.each([
    ['请打开 https://www.miit.gov.cn/x?y=1。谢谢', []],
    ['点 http://miit.gov.cn.evil.example/login 登录', ['link http://miit.gov.cn.evil.example/login']],
    ['看 evil-miit.gov.cn，谢谢', ['link evil-miit.gov.cn']],
    ['装 3.5 寸盘，版本 1.2.3', []],
    ['访问ＷＷＷ．ＢＡＤ．ＣＯＭ吧', ['link ＷＷＷ．ＢＡＤ．ＣＯＭ']],
  ])('links that are not listed are shown: %s', (text, findings) => {
    expect(check(text, true)).toEqual(findings);
  });

  it('a promise needs a task', () => {
    expect(check('修好后我给您回电')).toEqual(['promise 我给您回电']);
    expect(check("I'll call you tomorrow")).toEqual(["promise I'll call you"]);
    expect(check('修好后我给您回电', true)).toEqual([]);
  });

  it('the places lie in the text, in order, and those of a kind do not overlap', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        '不归我管',
        '13800138000',
        'a.b.com',
        'x@y.cn',
        '我给您回电',
        '１３８',
        '110101199003074514',
        '𠮷',
        '㎏',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const found = checkText(text, { words, findSecrets, hasTask: false });
        let last = 0;
        for (const { from, to } of found) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
          last = from;
        }
        for (const kind of new Set(found.map((each) => each.kind))) {
          const own = found.filter((each) => each.kind === kind);
          for (const [i, each] of own.slice(1).entries())
            expect(each.from).toBeGreaterThanOrEqual(own[i]?.to ?? 0);
        }
      }),
    );
  });
});

describe('the words of the operator', () => {
  it('are refused with the line of the mistake', () => {
    expect(() => loadAgentWords(join(__dirname, 'broken'), root)).toThrow(/agent-words\.yaml:\d+.*linkHosts/);
  });
});
