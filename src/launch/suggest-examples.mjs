/** `npm run intents:suggest -- <intent>`: messages that a language model makes up for an intent, each checked. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, installPackages, root } from './prepare.mjs';

checkNode();
const settings = join(root, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
installPackages();
await build();
const { runSuggestExamples } = await import(
  pathToFileURL(join(root, 'dist', 'launch', 'run-suggest-examples.js')).href
);
process.exitCode = await runSuggestExamples(process.argv.slice(2), process.env, (text) => console.log(text));
