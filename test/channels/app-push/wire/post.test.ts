import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createPost, verdictOf } from '../../../../src/channels/app-push/wire/post';
import { isPrivateAddress } from '../../../../src/channels/app-push/wire/private-address';

const settings = { timeoutMs: 200, allowsPrivate: true };

describe('what an answer says', () => {
  it.each([
    [200, 'sent'],
    [204, 'sent'],
    [301, 'final'],
    [308, 'final'],
    [400, 'final'],
    [404, 'final'],
    [410, 'final'],
    [408, 'later'],
    [425, 'later'],
    [429, 'later'],
    [503, 'later'],
    [500, 'uncertain'],
    [502, 'uncertain'],
    [504, 'uncertain'],
  ])('%d: %s', (status, type) => {
    expect(verdictOf(status, null, 0).type).toBe(type);
  });

  it('obeys a pause in seconds and until a date', () => {
    expect(verdictOf(429, '120', 0)).toMatchObject({ waitMs: 120_000 });
    expect(verdictOf(503, 'Thu, 01 Jan 1970 00:01:00 GMT', 10_000)).toMatchObject({ waitMs: 50_000 });
    expect(verdictOf(429, 'soon', 0)).toMatchObject({ waitMs: 0 });
  });
});

describe('a receiver that does not answer', () => {
  const open = new Set<Socket>();
  /** Listens without HTTP; answers the port. */
  async function listen(meet: (socket: Socket) => void): Promise<Server> {
    const server = createServer((socket) => {
      open.add(socket);
      meet(socket.on('error', () => undefined));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }
  // A listening TCP server has an address object.
  const portOf = (server: Server) => (server.address() as AddressInfo).port;
  const close = async (server: Server) => {
    for (const socket of open) socket.destroy();
    server.close();
    await once(server, 'close');
  };

  it('has got nothing when it is not there', async () => {
    const server = await listen(() => undefined);
    const url = `http://127.0.0.1:${portOf(server)}/`;
    await close(server);
    const post = createPost({ ...settings, url }, Date.now);
    expect(await post('{}', {})).toEqual({ type: 'later', reason: 'ECONNREFUSED', waitMs: 0 });
  });

  it('may have got something once it has read', async () => {
    const server = await listen((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    const post = createPost({ ...settings, url: `http://127.0.0.1:${portOf(server)}/` }, Date.now);
    expect(await post('{}', {})).toEqual({ type: 'uncertain', reason: 'ECONNRESET' });
    await close(server);
  });

  it('has got nothing while the handshake of TLS hangs', async () => {
    const server = await listen(() => undefined);
    const post = createPost({ ...settings, url: `https://127.0.0.1:${portOf(server)}/` }, Date.now);
    expect(await post('{}', {})).toEqual({ type: 'later', reason: 'timeout', waitMs: 0 });
    await close(server);
  });
});

describe('private addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '[::1]',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
  ])('%s is one', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.32.0.1', '2400:3200::1', 'example.com'])('%s is none', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  it.each(['http://127.0.0.1:1/', 'http://[::1]:1/', 'http://localhost:1/'])(
    'are refused where the setting says so: %s',
    async (url) => {
      const post = createPost({ timeoutMs: 200, allowsPrivate: false, url }, Date.now);
      expect(await post('{}', {})).toEqual({ type: 'final', reason: 'private-address' });
    },
  );
});
