import { renderText, wordsOf } from '../../src/dialogs/texts';
import { startCpuTimer } from '../support/cpu-time';
import { TEN } from '../support/dialogs';

const context = { locale: 'zh', timeZone: 'Asia/Shanghai', now: TEN } as const;
const render = (text: string, variables: Record<string, unknown> = {}) =>
  renderText(text, variables, context);
const HOUR = 3600_000;

describe('texts', () => {
  it('fill in what a customer typed without reading it', () => {
    const said = '{{ slots.secret }}{% assign x = 1 %}';
    expect(render('您说：{{ slots.said }}', { slots: { said, secret: 's' } })).toBe(`您说：${said}`);
  });

  it.each([
    '__proto__',
    'constructor',
    'constructor.constructor',
    'toString',
    '__proto__.polluted',
    'hasOwnProperty',
  ])('see nothing of %s', (path) => {
    expect(render(`[{{ slots.${path} }}]`, { slots: { a: 1 } })).toBe('[]');
    expect(render(`[{{ slots['${path}'] }}]`, { slots: { a: 1 } })).toBe('[]');
    expect(render(`[{{ ${path} }}]`)).toBe('[]');
  });

  it.each([
    ['a long loop', '{% for i in (1..100000000) %}x{% endfor %}'],
    [
      'loops in loops',
      '{% for a in (1..900) %}{% for b in (1..900) %}{% for c in (1..900) %}{{ c }}{% endfor %}{% endfor %}{% endfor %}',
    ],
    [
      'a text that doubles',
      `{% assign x = "aaaaaaaaaa" %}${'{% assign x = x | append: x %}'.repeat(40)}{{ x }}`,
    ],
  ])('end %s with an error instead of a stall', (_name, text) => {
    const cpuMs = startCpuTimer();
    expect(() => render(text)).toThrow(expect.objectContaining({ code: 'bad-content' }));
    expect(cpuMs()).toBeLessThan(2000);
  });

  it.each(['{% include "x" %}', '{% render "x" %}', '{% layout "x" %}'])('load no other: %s', (text) => {
    expect(() => render(text)).toThrow('not found');
  });

  it('mask phones and speak times of the zone', () => {
    expect(render('{{ p | phone }}', { p: '13800138000' })).toBe('138****8000');
    expect(render('{{ a | moment }} {{ a | clock }}', { a: TEN + 5 * HOUR })).toBe('今天 15:00 15:00');
    expect(render('{{ v | window }}', { v: { startAt: TEN + 24 * HOUR, endAt: TEN + 26 * HOUR } })).toBe(
      '明天 10:00–12:00',
    );
    expect(render('[{{ v | window }}]', { v: null })).toBe('[]');
  });

  it('have other words for a channel that shows less', () => {
    const text = {
      zh: '点下面',
      en: 'Tap below',
      channels: { wechat: { zh: '回数字', en: 'Send a number' } },
    };
    expect(wordsOf(text, 'zh', 'wechat')).toBe('回数字');
    expect(wordsOf(text, 'en', 'web')).toBe('Tap below');
  });

  it.each([
    ['{{ a | person }}', '王芳', '王*'],
    ['{{ a | person }}', '欧阳明月', '欧*'],
    ['{{ a | person }}', null, ''],
    ['{{ a | place }}', '中山路18号3栋2单元501', '中山路18号3栋2单元***'],
    ['{{ a | place }}', '中山路18号3栋2单元501室', '中山路18号3栋2单元***'],
    ['{{ a | place }}', '翠屏国际城', '翠屏国际城'],
    ['{{ a | phone }}', '13800138000', '138****8000'],
  ])('mask by %s: %s is shown as %s', (text, a, shown) => {
    expect(render(text, { a })).toBe(shown);
  });
});
