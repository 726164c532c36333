/** `npm start`: from a fresh clone to a listening server. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, ensurePrograms, installPackages, root } from './prepare.mjs';

checkNode();
const settings = join(root, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
installPackages();
if (!process.env.REDIS_URL) ensurePrograms([{ program: 'redis-server', packages: ['redis-server'] }]);
await build();
const { serve } = await import(pathToFileURL(join(root, 'dist', 'launch', 'serve.js')).href);
await serve();
