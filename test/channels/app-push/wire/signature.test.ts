import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signedHeaders } from '../../../../src/channels/app-push/wire/signature';
import { isSigned } from '../../../../src/http/signature';

const NOW = 1_764_000_000_000;
const signedBy = (secrets: string[], body: string) => {
  const { 'X-Push-Timestamp': timestamp, 'X-Push-Signature': signature } = signedHeaders(body, secrets, NOW);
  return { timestamp, signature, body };
};

describe('the signature of a push', () => {
  it('is the HMAC of timestamp and body', () => {
    // echo -n '1764000000.{"a":1}' | openssl dgst -sha256 -hmac secret
    expect(signedHeaders('{"a":1}', ['secret'], NOW)).toEqual({
      'X-Push-Timestamp': '1764000000',
      'X-Push-Signature': 'v1=112dc1736ad0328f094ebdad63c8bde5936ce7d0bb7ae467f9f8d481a26df51c',
    });
  });

  it('is known by whoever has one of the secrets, and by nobody else', () => {
    const signed = signedBy(['new', 'old'], '{}');
    expect(isSigned(signed, 'new', NOW)).toBe(true);
    expect(isSigned(signed, 'old', NOW)).toBe(true);
    expect(isSigned(signed, 'other', NOW)).toBe(false);
  });

  it('does not cover another body or another time', () => {
    const signed = signedBy(['secret'], '{}');
    expect(isSigned({ ...signed, body: '{ }' }, 'secret', NOW)).toBe(false);
    expect(isSigned({ ...signed, timestamp: '1764000001' }, 'secret', NOW)).toBe(false);
  });

  it('is good for five minutes on either side', () => {
    const signed = signedBy(['secret'], '{}');
    expect(isSigned(signed, 'secret', NOW + 300_000)).toBe(true);
    expect(isSigned(signed, 'secret', NOW + 301_000)).toBe(false);
    expect(isSigned(signed, 'secret', NOW - 301_000)).toBe(false);
  });

  it.each([
    [undefined, undefined],
    ['', ''],
    ['1764000000', 'v1='],
    ['1764000000', 'v1=zz, ,'],
    ['soon', 'v1=00'],
  ])('that is not one (%s, %s) is refused', (timestamp, signature) => {
    expect(isSigned({ timestamp, signature, body: '{}' }, 'secret', NOW)).toBe(false);
  });

  it('is verified by the sample of docs/app-push.md', () => {
    const doc = readFileSync(join(__dirname, '../../../../docs/app-push.md'), 'utf8');
    const folder = mkdtempSync(join(tmpdir(), 'push-sample-'));
    writeFileSync(join(folder, 'sample.mjs'), /```js\n([\s\S]*?)```/.exec(doc)?.[1] ?? '');
    const { timestamp, signature, body } = signedBy(['new', 'old'], '{"text":"您好"}');
    const headers = { 'x-push-timestamp': timestamp, 'x-push-signature': signature };
    const script = `import { isGenuine } from './sample.mjs';
      const [headers, body, now] = JSON.parse(process.argv[1]);
      const verify = (secrets, bytes = body, at = now) => isGenuine(headers, Buffer.from(bytes), secrets, at);
      console.log(JSON.stringify([verify(['old']), verify(['next', 'new']), verify(['other']),
        verify(['new'], body + ' '), verify(['new'], body, now + 301000), isGenuine({}, Buffer.from(body), ['new'])]));`;
    const args = ['--input-type=module', '-e', script, JSON.stringify([headers, body, NOW])];
    const said = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual([true, true, false, false, false, false]);
    rmSync(folder, { recursive: true });
  });
});
