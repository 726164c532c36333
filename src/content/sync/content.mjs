/** `npm run content:push|pull|diff`: content between a folder, as in git, and a server. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, installPackages, root } from '../../launch/prepare.mjs';

checkNode();
const settings = join(root, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
installPackages();
await build();
const { runContent } = await import(
  pathToFileURL(join(root, 'dist', 'content', 'sync', 'run-content.js')).href
);
process.exitCode = await runContent(process.argv.slice(2), process.env, (text) => console.log(text));
