/**
 * What `npm start`, `npm test` and `npm run prove` do before anything of the project can be loaded: plain JavaScript,
 * since neither the packages nor the build may be there yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb } from './build-web.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const OLDEST_NODE = [20, 19];

/** Ends the process with one sentence: what is wrong and how to mend it. */
export function giveUp(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  giveUp(
    `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or later from https://nodejs.org.`,
  );
}

/** Runs a command with its output shown; answers whether it succeeded. */
export function run(command, args, options = {}) {
  const { error, status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  return !error && status === 0;
}

/** Runs a program of a dependency with this Node, whatever the PATH holds. */
export const runTool = (path, args, options) =>
  run(process.execPath, [join(root, 'node_modules', path), ...args], options);

/**
 * Runs a program of a dependency beside whatever else runs; answers whether it succeeded. What it says is shown, or
 * with `hear` given to that.
 * @param {(text: string) => void} [hear]
 */
export const runBeside = (path, args, hear) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', path), ...args], {
      cwd: root,
      stdio: hear ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear);
    const end = () => child.kill();
    process.once('exit', end);
    child.once('error', () => resolve(false));
    child.once('close', (code) => {
      process.removeListener('exit', end);
      resolve(code === 0);
    });
  });

/** npm itself: the one that started us, else the one on the PATH. */
function npm(args) {
  const own = process.env.npm_execpath;
  return own?.endsWith('.js') ? run(process.execPath, [own, ...args]) : run('npm', args);
}

const hashOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
};

const isFresh = (stamp, hash) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;

/** Installs the locked packages unless exactly these are there. */
export function installPackages() {
  const stamp = join(root, 'node_modules', '.installed-lock');
  const hash = hashOf([join(root, 'package-lock.json')]);
  if (isFresh(stamp, hash)) return;
  console.log('Installing the locked packages …');
  if (!npm(['ci', '--no-audit', '--no-fund'])) {
    giveUp('The packages could not be installed: see the message of npm above, then run the command again.');
  }
  writeFileSync(stamp, hash);
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

/** Compiles src/ to dist/ unless dist/ was made from exactly this source. */
export async function build() {
  const source = join(root, 'src');
  const dist = join(root, 'dist');
  const stamp = join(dist, '.source-hash');
  const files = filesBelow(source);
  const hash = hashOf([...files, join(root, 'tsconfig.json'), join(root, 'package-lock.json')]);
  if (isFresh(stamp, hash)) return;
  console.log('Building …');
  rmSync(dist, { recursive: true, force: true });
  if (!(await runBeside('typescript/bin/tsc', ['-p', join(source, 'tsconfig.build.json')]))) {
    giveUp('The build failed: the messages above name the files.');
  }
  for (const file of files.filter((name) => !/\.(tsx?|mjs|json)$/.test(name))) {
    cpSync(file, join(dist, relative(source, file)));
  }
  await buildWeb(root).catch(() =>
    giveUp('The pages could not be built: the messages above name the files.'),
  );
  writeFileSync(stamp, hash);
}

const isOnPath = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const isRootOnDebian = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && isOnPath('apt-get');

/**
 * Sees to it that programs are there; installs their Debian packages when it may.
 * @param {{ program: string, orElse?: string, packages: string[] }[]} needs `orElse` does as well
 */
export function ensurePrograms(needs) {
  const missing = needs
    .filter(({ program, orElse }) => !isOnPath(program) && !(orElse && isOnPath(orElse)))
    .flatMap(({ packages }) => packages);
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install -y ${missing.join(' ')}`;
  if (!isRootOnDebian()) {
    giveUp(
      `Missing on this machine: ${missing.join(', ')}. On Debian or Ubuntu run: sudo sh -c '${command}'`,
    );
  }
  console.log(`Installing ${missing.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (run('apt-get', install, { env, stdio: 'ignore' })) return;
  if (!run('apt-get', ['update'], quiet) || !run('apt-get', install, quiet)) {
    giveUp(`${missing.join(', ')} could not be installed. Try it by hand: ${command}`);
  }
}
