/** Bundles the pages of src/web into dist/web. esbuild comes through npm and needs nothing else. */
import { join } from 'node:path';

/**
 * The scripts that pages load, by the file that each becomes; a widget leaves nothing global on its page. The pages
 * of staff alone are drawn with React: they are opened once a day on a computer, what customers open must be small.
 */
const entries = [
  { to: 'agent/agent', from: 'agent/page.tsx', format: 'esm', jsxImportSource: 'react' },
  { to: 'admin/admin', from: 'admin/page.tsx', format: 'esm', jsxImportSource: 'react' },
  { to: 'admin/hints', from: 'admin/hints/worker.ts', format: 'esm' },
  { to: 'chat/chat', from: 'chat/page.tsx', format: 'esm' },
  { to: 'field/field', from: 'field/page.tsx', format: 'esm' },
  { to: 'app/app', from: 'app/page.tsx', format: 'esm' },
  { to: 'operator-simulator/page', from: 'operator-simulator/page.tsx', format: 'esm' },
  { to: 'widget/widget', from: 'widget/widget.ts', format: 'iife' },
];

/** @param {string} root folder of the project */
export async function buildWeb(root) {
  // Loaded here, since the packages may not have been installed when this file is.
  const { build } = await import('esbuild');
  const source = join(root, 'src/web');
  const target = join(root, 'dist/web');
  const bundle = ({ to, from, ...own }) =>
    build({
      ...common,
      ...own,
      entryPoints: { [to]: join(source, from) },
      outdir: target,
    });
  await Promise.all(entries.map(bundle));
}

const common = {
  bundle: true,
  minify: true,
  // Phones of five years ago.
  target: 'es2020',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.css': 'text' },
  legalComments: 'none',
  logLevel: 'warning',
  tsconfigRaw: {},
  define: { 'process.env.NODE_ENV': '"production"' },
};
