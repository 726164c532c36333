/**
 * Lets a child process of a test run TypeScript as it stands: `node -r test/support/register.cjs file.ts`. What was
 * compiled is kept by the hash of its text: proofs by kill start such a process dozens of times.
 */
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

const CACHE = join(__dirname, '../../node_modules/.cache/register');
const VERSION = require('@swc/core/package.json').version;
mkdirSync(CACHE, { recursive: true });

function compile(text, filename) {
  const hash = createHash('sha256').update(VERSION).update(filename).update('\0').update(text).digest('hex');
  const path = join(CACHE, hash);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const { code } = require('@swc/core').transformSync(text, {
    filename,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  // Whole or not at all: the process may be killed at any moment.
  writeFileSync(`${path}.${process.pid}`, code);
  renameSync(`${path}.${process.pid}`, path);
  return code;
}

Module._extensions['.ts'] = (module, filename) =>
  module._compile(compile(readFileSync(filename, 'utf8'), filename), filename);
