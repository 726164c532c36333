/** The runner of every test. Packages that ship only ES modules are transformed like our own files. */
const esmOnly = [
  '@marcbachmann',
  'jose',
  'openid-client',
  'oauth4webapi',
  'uuid',
  'opencc-js',
  'fast-check',
  'pure-rand',
];

/**
 * Jest runs a file in a context of its own, where each use of a built-in by its name is a slow look-up. Handed to every
 * module as an argument they cost nothing: training a model takes half the time. Nothing that tests replace is here.
 */
const builtIns = [
  ...[
    'Array',
    'Boolean',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Reflect',
    'RegExp',
    'Set',
    'String',
    'Symbol',
  ],
  ...[
    'Float32Array',
    'Float64Array',
    'Int16Array',
    'Int32Array',
    'Int8Array',
    'Uint16Array',
    'Uint32Array',
    'Uint8Array',
  ],
];

module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|js|mjs)$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})(/|$))`],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  sandboxInjectedGlobals: builtIns,
  testTimeout: 30_000,
  maxWorkers: 2,
};
