/** Bundles the pages of src/web into dist/web. esbuild comes through npm and needs nothing else. */
import { join } from 'node:path';

/** The scripts that pages load, by the file that each becomes. */
const entries = { 'chat/chat': 'chat/page.tsx' };

/** @param {string} root folder of the project */
export async function buildWeb(root) {
  // Loaded here, since the packages may not have been installed when this file is.
  const { build } = await import('esbuild');
  const source = join(root, 'src/web');
  const target = join(root, 'dist/web');
  await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([to, from]) => [to, join(source, from)])),
    outdir: target,
    bundle: true,
    minify: true,
    format: 'esm',
    // Phones of five years ago.
    target: 'es2020',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'text' },
    legalComments: 'none',
    logLevel: 'warning',
    tsconfigRaw: {},
  });
}
