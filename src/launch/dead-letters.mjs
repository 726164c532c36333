/** `npm run dead-letters -- list|retry`: what could not be worked off, and another try for it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, installPackages, root } from './prepare.mjs';

checkNode();
const settings = join(root, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
installPackages();
await build();
const { runDeadLetters } = await import(
  pathToFileURL(join(root, 'dist', 'launch', 'run-dead-letters.js')).href
);
process.exitCode = await runDeadLetters(process.argv.slice(2), process.env, (text) => console.log(text));
