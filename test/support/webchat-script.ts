import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'botframework-webchat';
const VERSION = '4.18.1';
const INTEGRITY =
  'sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
const CACHE = join(__dirname, '../../node_modules/.cache', `${NAME}-${VERSION}.js`);

/** npm itself: the one that runs the tests, else the one on the PATH. */
function npm(args: string[], cwd: string): void {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) execFileSync(process.execPath, [own, ...args], { cwd, stdio: 'ignore' });
  else execFileSync('npm', args, { cwd, stdio: 'ignore' });
}

/**
 * Microsoft's Web Chat as browsers load it, from its package alone: installed as a dependency it would bring half a
 * gigabyte that is bundled in this one file already. Fetched once through npm, and checked against its known hash.
 */
export function readWebchatScript(): string {
  if (existsSync(CACHE)) return readFileSync(CACHE, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'webchat-'));
  try {
    npm(['pack', `${NAME}@${VERSION}`, '--pack-destination', folder], folder);
    const archive = join(folder, `${NAME}-${VERSION}.tgz`);
    const hash = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (hash !== INTEGRITY) throw new Error(`${NAME} ${VERSION} is not what it was: its hash is ${hash}.`);
    const script = execFileSync('tar', ['-xzOf', archive, 'package/dist/webchat.js'], { maxBuffer: 2 ** 26 });
    mkdirSync(join(CACHE, '..'), { recursive: true });
    writeFileSync(CACHE, script);
    return script.toString();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
