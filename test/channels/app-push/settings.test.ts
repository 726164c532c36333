import { readAppPushSettings } from '../../../src/channels/app-push/settings';
import { readConfig } from '../../../src/config';

const given = { APP_PUSH_URL: 'https://app.operator.cn/push', APP_PUSH_SECRET: 'sixteen-characters' };
const read = (env: Record<string, string>) => readAppPushSettings(readConfig(env));

describe('the settings of app push', () => {
  it('push nothing without an address', () => {
    expect(read({})).toBeNull();
    expect(read({ APP_PUSH_SECRET: given.APP_PUSH_SECRET })).toBeNull();
  });

  it('have defaults for everything but address and secret', () => {
    expect(read(given)).toEqual({
      url: given.APP_PUSH_URL,
      secrets: [given.APP_PUSH_SECRET],
      allowsPrivate: true,
      hasText: true,
      titles: { zh: '在线客服', en: 'Customer service' },
      waitMs: 5000,
      timeoutMs: 5000,
      maxAgeMs: 86_400_000,
      quietHours: { from: 21 * 60, to: 8 * 60 },
      answerMs: 600_000,
      timeZone: 'Asia/Shanghai',
    });
  });

  it('sign with two secrets while one takes the place of the other', () => {
    const secrets = read({ ...given, APP_PUSH_SECRET_BEFORE: 'the-one-before-it' })?.secrets;
    expect(secrets).toEqual([given.APP_PUSH_SECRET, 'the-one-before-it']);
  });

  it.each([
    [{ APP_PUSH_URL: given.APP_PUSH_URL }, /APP_PUSH_SECRET: required/],
    [{ ...given, APP_PUSH_SECRET: 'short' }, /APP_PUSH_SECRET: at least 16/],
    [{ ...given, APP_PUSH_URL: 'ftp://app.operator.cn' }, /APP_PUSH_URL/],
    [{ ...given, APP_PUSH_URL: 'https://user:word@app.operator.cn' }, /APP_PUSH_URL/],
    [{ ...given, APP_PUSH_QUIET_HOURS: '9pm' }, /APP_PUSH_QUIET_HOURS: 21:00-08:00, or off/],
  ])('that are wrong (%j) are named', (env, problem) => {
    expect(() => readConfig(env as Record<string, string>)).toThrow(problem);
  });

  it('in production want https, and public addresses unless they say otherwise', () => {
    const production = {
      NODE_ENV: 'production',
      REDIS_URL: 'redis://redis:6379',
      DATABASE_URL: 'postgres://postgres/bot',
      TOKEN_KEY: 'k'.repeat(32),
      DATA_KEY: 'd'.repeat(32),
      DIRECT_LINE_WEB_SECRET: 'w'.repeat(32),
      DIRECT_LINE_APP_SECRET: 'a'.repeat(32),
      ...given,
    };
    expect(read(production)?.allowsPrivate).toBe(false);
    expect(read({ ...production, APP_PUSH_PRIVATE_ADDRESSES: 'allow' })?.allowsPrivate).toBe(true);
    expect(() => read({ ...production, APP_PUSH_URL: 'http://app.operator.cn/push' })).toThrow(
      /must be https/,
    );
  });
});
