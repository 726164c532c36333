/** `npm run accounts:add`: adds somebody who works here and prints the link by which they set their password. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, installPackages, root } from '../launch/prepare.mjs';

checkNode();
const settings = join(root, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
installPackages();
await build();
const { runAddAccount } = await import(pathToFileURL(join(root, 'dist', 'accounts', 'add-account.js')).href);
process.exitCode = await runAddAccount(process.argv.slice(2), process.env, (text) => console.log(text));
