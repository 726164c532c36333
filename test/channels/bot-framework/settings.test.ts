import { isTrustedService } from '../../../src/channels/bot-framework/service-url';
import { readBotSettings } from '../../../src/channels/bot-framework/settings';
import { readConfig } from '../../../src/config';

const production = {
  NODE_ENV: 'production',
  HOST: '0.0.0.0',
  REDIS_URL: 'redis://redis:6379',
  DATABASE_URL: 'postgres://u:p@db:5432/bot',
  TOKEN_KEY: 'k'.repeat(32),
  DATA_KEY: 'd'.repeat(32),
  DIRECT_LINE_WEB_SECRET: 'w'.repeat(32),
  DIRECT_LINE_APP_SECRET: 'a'.repeat(32),
};
const botOf = (env: Record<string, string>) => readBotSettings(readConfig(env));

describe('the Bot Framework channel', () => {
  it('is off without its settings, and when it is switched off', () => {
    expect(botOf({})).toBeNull();
    expect(botOf(production)).toBeNull();
    expect(botOf({ BOT_CHANNEL: 'off', BOT_APP_ID: 'id', BOT_APP_PASSWORD: 'p' })).toBeNull();
  });

  it('is on with an app id, for the public cloud', () => {
    expect(botOf({ ...production, BOT_APP_ID: 'id', BOT_APP_PASSWORD: 'p' })).toMatchObject({
      appId: 'id',
      oauthUrl: 'https://login.microsoftonline.com/botframework.com',
      tokenIssuer: 'https://api.botframework.com',
      handoff: 'desk',
      allowsLoopback: false,
    });
    const single = {
      BOT_APP_TYPE: 'SingleTenant',
      BOT_TENANT_ID: 't1',
      BOT_APP_ID: 'id',
      BOT_APP_PASSWORD: 'p',
    };
    expect(botOf({ ...production, ...single })?.oauthUrl).toBe('https://login.microsoftonline.com/t1');
  });

  it.each<[string, Record<string, string>]>([
    ['in production', { ...production, BOT_CHANNEL: 'on' }],
    ['in production on loopback', { ...production, HOST: '127.0.0.1', BOT_CHANNEL: 'on' }],
    ['when a password alone switches it on', { ...production, BOT_APP_PASSWORD: 'p' }],
    ['when others can reach the server', { HOST: '0.0.0.0', BOT_CHANNEL: 'on' }],
    ['when a tunnel leads to the server', { PUBLIC_URL: 'https://bot.example', BOT_CHANNEL: 'on' }],
  ])('does not start with a blank app id %s', (_name, env) => {
    expect(() => readConfig(env)).toThrow(/BOT_APP_ID: required/);
  });

  it('starts with a blank app id for a developer at this machine', () => {
    expect(botOf({ BOT_CHANNEL: 'on' })).toMatchObject({ appId: null, allowsLoopback: true });
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ BOT_APP_ID: 'id' }, /BOT_APP_PASSWORD, BOT_CERTIFICATE_FILE/],
    [{ BOT_APP_ID: 'id', BOT_APP_PASSWORD: 'p', BOT_CERTIFICATE_FILE: 'f' }, /set one of the two/],
    [{ BOT_APP_ID: 'id', BOT_APP_PASSWORD: 'p', BOT_APP_TYPE: 'SingleTenant' }, /BOT_TENANT_ID/],
    [{ BOT_OAUTH_URL: 'http://login.example' }, /BOT_OAUTH_URL: an https address/],
    [{ BOT_OPENID_METADATA: 'http://login.example' }, /BOT_OPENID_METADATA: an https address/],
    [{ BOT_SERVICE_HOSTS: 'https://smba.example' }, /BOT_SERVICE_HOSTS/],
    [{ BOT_APP_TYPE: 'UserAssignedMSI' }, /BOT_APP_TYPE/],
  ])('names what is to be mended in %j', (env, problem) => {
    expect(() => readConfig(env)).toThrow(problem);
  });
});

describe('a service', () => {
  const inProduction = {
    serviceHosts: ['botframework.com', 'smba.trafficmanager.net'],
    allowsLoopback: false,
  };

  it.each([
    'https://webchat.botframework.com/',
    'https://BOTFRAMEWORK.com',
    'https://smba.trafficmanager.net/emea/',
  ])('%s is trusted', (url) => {
    expect(isTrustedService(url, inProduction)).toBe(true);
  });

  it.each([
    'http://webchat.botframework.com/',
    'https://botframework.com.evil.example/',
    'https://evilbotframework.com/',
    'https://other.trafficmanager.net/',
    'https://user:password@webchat.botframework.com/',
    'https://webchat.botframework.com@evil.example/',
    'https://127.0.0.1/',
    'http://localhost:3978/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'javascript:1',
    'webchat.botframework.com',
    '',
  ])('%s is not', (url) => {
    expect(isTrustedService(url, inProduction)).toBe(false);
  });

  it('of this machine is trusted in development only', () => {
    const inDevelopment = { ...inProduction, allowsLoopback: true };
    expect(isTrustedService('http://localhost:50000/', inDevelopment)).toBe(true);
    expect(isTrustedService('http://localhost.evil.example/', inDevelopment)).toBe(false);
    expect(isTrustedService('ftp://localhost/', inDevelopment)).toBe(false);
  });
});
