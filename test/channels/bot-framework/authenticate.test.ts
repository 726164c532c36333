import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { conversationIdOf } from '../../../src/channels/bot-framework/references';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';
import { readSeen } from '../wechat/scripted-turn';
import { APP_ID, type Cloud, createCustomer, ISSUER, startCloud } from './cloud';
import { type BotHost, startBotHost } from './host';

let redis: RedisServer;
let cloud: Cloud;
let host: BotHost;
let conversations = 0;
const newCustomer = (channelId = 'webchat') =>
  createCustomer(cloud, () => host.url, { channelId, conversation: `auth-${++conversations}` });

beforeAll(async () => {
  // botbuilder writes to the console whatever token it refuses.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  redis = await startRedisServer();
  cloud = await startCloud();
  host = await startBotHost(redis.url, cloud.settings);
});
afterAll(async () => {
  await host.stop();
  await cloud.stop();
  await redis.stop();
  jest.restoreAllMocks();
});

const claims = () => {
  const now = Math.floor(Date.now() / 1000);
  return { iss: ISSUER, aud: APP_ID, serviceurl: cloud.url, iat: now, nbf: now, exp: now + 3600 };
};

/** Tokens that are not the channel's, each by the one thing that is wrong with it. */
const forgeries: Record<string, () => Promise<string | null>> = {
  'no token': async () => null,
  'no JWT': async () => 'abc',
  'parts of a JWT that are no JSON': async () => 'a.b.c',
  'another issuer': () => cloud.sign({ iss: 'https://issuer.example' }),
  'another audience': () => cloud.sign({ aud: 'another-app' }),
  'no audience': () => cloud.sign({ aud: undefined }),
  'a key of somebody else under the same id': () => cloud.sign({}, { isStranger: true }),
  'a key that is not published': () => cloud.sign({}, { kid: 'unknown' }),
  'a key that is not endorsed for the channel': () => cloud.sign({}, { kid: 'other' }),
  'a time that is over': () => cloud.sign({}, { expiresIn: -400 }),
  'a time that has not begun': () => cloud.sign({}, { startsIn: 400 }),
  'no end': () => cloud.sign({ exp: undefined }),
  'another service': () => cloud.sign({ serviceurl: 'https://smba.trafficmanager.net/' }),
  'no service': () => cloud.sign({ serviceurl: undefined }),
  'no signature': async () => new UnsecuredJWT(claims()).encode(),
  'the public key as a secret': async () =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: 'good' })
      .sign(Buffer.from(await exportSPKI(cloud.publicKey))),
  'an elliptic key': async () =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: 'ES256', kid: 'good' })
      .sign((await generateKeyPair('ES256')).privateKey),
  'an Emulator, which is bound to no service': () =>
    cloud.sign({
      iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      ver: '1.0',
      appid: APP_ID,
      serviceurl: undefined,
    }),
  'another bot (a skill)': () =>
    cloud.sign({
      iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      ver: '1.0',
      appid: 'another-bot',
      serviceurl: undefined,
    }),
};

describe('a request with', () => {
  it('a token of the channel is taken and answered', async () => {
    const customer = newCustomer();
    expect((await customer.say('say hello')).status).toBe(200);
    await until(() => cloud.textsIn(customer.conversation).includes('hello'));
  });

  it.each(Object.entries(forgeries))('%s is refused, and nothing is kept', async (_name, forge) => {
    const customer = newCustomer();
    const { status, body } = await customer.post(
      customer.next({ type: 'message', text: 'say forged' }),
      await forge(),
    );
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: { code: 'unauthenticated' } });
    const id = conversationIdOf('webchat', customer.conversation);
    expect(await host.node.store.channelOf(id)).toBeNull();
    expect(await host.sender.references.read(id)).toBeNull();
  });

  it.each([
    ['another service than its token names', { serviceUrl: 'https://webchat.botframework.com/' }],
    ['no service', { serviceUrl: undefined }],
    ['a blank service', { serviceUrl: '' }],
    ['a channel that botbuilder checks by other rules', { channelId: 'AseChannel' }],
  ])('a good token and an activity of %s is refused', async (_name, changed) => {
    const customer = newCustomer();
    const { status } = await customer.send({ type: 'message', text: 'say forged', ...changed });
    expect(status).toBe(401);
  });

  it('a good token for a service that nobody trusts is forbidden', async () => {
    const customer = newCustomer();
    const serviceUrl = 'https://evil.example/';
    const { status, body } = await customer.post(
      customer.next({ type: 'message', text: 'say forged', serviceUrl }),
      await cloud.sign({ serviceurl: serviceUrl }),
    );
    expect(status).toBe(403);
    expect(JSON.stringify(body)).toContain('BOT_SERVICE_HOSTS');
  });
});

describe('while the keys of the channel cannot be read', () => {
  it('the channel is asked to try again, and gets through once they can', async () => {
    const away = await startCloud();
    const own = await startBotHost(redis.url, away.settings);
    const customer = createCustomer(away, () => own.url, { conversation: 'keys-away' });
    away.state.isKeyServiceUp = false;
    const refused = await customer.say('say hello');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    away.state.isKeyServiceUp = true;
    expect((await customer.say('say hello')).status).toBe(200);
    const id = conversationIdOf('webchat', 'keys-away');
    await until(async () => readSeen(await own.node.store.readState(id)).texts.includes('say hello'));
    await own.stop();
    await away.stop();
  });
});
