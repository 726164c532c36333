import { checkExpression, evaluate, slotsReadBy } from '../../src/dialogs/expressions';

describe('expressions', () => {
  it('give plain JSON', () => {
    expect(evaluate("{'full': slots.a, 'n': 1 + 2, 'l': [1, 'x']}", { slots: { a: 'x' } })).toEqual({
      full: 'x',
      n: 3,
      l: [1, 'x'],
    });
  });

  it.each(['slots.__proto__', 'slots.constructor', "slots['__proto__']", 'slots.toString'])(
    'see nothing of %s',
    (text) => {
      expect(() => evaluate(text, { slots: { a: 1 } })).toThrow(
        expect.objectContaining({ code: 'bad-content' }),
      );
    },
  );

  it.each([
    ['what is not offered', "'a'.matches('a')"],
    ['a large expression', `[${'1,'.repeat(300)}1]`],
    ['a deep one', `${'('.repeat(60)}1${')'.repeat(60)}`],
    ['walks in walks', 'orders.map(a, orders.map(b, orders.map(c, c)))'],
    ['an unknown name', 'globalThis'],
  ])('refuse %s', (_name, text) => {
    expect(() => checkExpression(text)).toThrow();
  });

  it('may use the variable of a walk, and names that the place gives', () => {
    expect(() =>
      checkExpression("orders.exists(o, o.kind == 'fault') && value != null", ['value']),
    ).not.toThrow();
    expect(() => checkExpression('o == 1 && orders.exists(o, true)')).toThrow('"o"');
  });

  it('tell which slots they read', () => {
    expect(slotsReadBy('slots.a != null && has(slots.b.c) && customer.phone == null')).toEqual(['a', 'b']);
  });
});
