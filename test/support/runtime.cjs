const { createRequire, isBuiltin } = require('node:module');
const { default: Runtime } = require('jest-runtime');

/** What packages have put into the global object and listen to on the process. They are loaded once, so it stays. */
const ofPackages = new Set();
const present = () => [
  ...Reflect.ownKeys(globalThis),
  ...process.eventNames().flatMap((name) => process.rawListeners(name)),
];

const loaders = new Map();
const loaderOf = (from) => {
  if (!loaders.has(from)) loaders.set(from, createRequire(from));
  return loaders.get(from);
};

/** Loads a package as Node does, for all files of the worker. */
function loadOnce(from, name) {
  const load = loaderOf(from);
  if (load.cache[load.resolve(name)]) return load(name);
  const before = new Set(present());
  const loaded = load(name);
  for (const one of present()) if (!before.has(one)) ofPackages.add(one);
  return loaded;
}

const isPackage = (name) => /^[^./]/.test(name) && !isBuiltin(name) && !name.startsWith('@jest/');

/** Jest's runtime, which leaves packages to Node, those that ship only ES modules as well; not those that a file mocks. */
module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    return isPackage(name) && !this.isMocked(from, name)
      ? loadOnce(from, name)
      : super.requireModuleOrMock(from, name);
  }

  isMocked(from, name) {
    try {
      return this.mockState.shouldMockCjs(from, name).shouldMock;
    } catch {
      // Jest finds no package that has only ES modules.
      return false;
    }
  }
};
module.exports.default = module.exports;
module.exports.ofPackages = ofPackages;
