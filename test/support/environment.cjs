const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const { ofPackages } = require('./runtime.cjs');

/**
 * Jest gives every file a context of its own. There each use of a built-in is a slow look-up, every package is loaded
 * anew, and what has been compiled is thrown away with the file. Here all files of a worker run in its one context:
 * modules of ours are still made anew for each file, but what they were compiled to is kept, and packages are loaded
 * once (see runtime.cjs). Nothing of a file outlives it in the global object, the settings and the listeners of the
 * process: see `remember`.
 */
const SHARED = vm.createContext({});

/** What was compiled, by the name of its file. */
const compiled = new Map();
const compileFunction = vm.compileFunction;

vm.compileFunction = (text, names, options = {}) => {
  if (options.parsingContext !== SHARED) return compileFunction(text, names, options);
  const { filename } = options;
  const known = compiled.get(filename);
  if (known?.text === text) return known.made;
  const made = compileFunction(text, names, { filename });
  compiled.set(filename, { text, made });
  return made;
};

const listeners = () => process.eventNames().flatMap((name) => process.rawListeners(name));

const isValue = (descriptor) => 'value' in descriptor;

/** Takes down what a file may change; answers what puts it back. */
function remember() {
  const globals = Object.getOwnPropertyDescriptors(globalThis);
  const settings = { ...process.env };
  const { exit } = process;
  const folder = process.cwd();
  const listening = new Set(listeners());
  return () => {
    for (const name of Reflect.ownKeys(globalThis)) {
      if (ofPackages.has(name)) continue;
      if (!Reflect.has(globals, name)) delete globalThis[name];
      else if (isValue(globals[name]) && globals[name].value !== globalThis[name]) {
        Object.defineProperty(globalThis, name, globals[name]);
      }
    }
    for (const name of Object.keys(process.env)) if (!(name in settings)) delete process.env[name];
    Object.assign(process.env, settings);
    process.exit = exit;
    if (process.cwd() !== folder) process.chdir(folder);
    for (const name of process.eventNames()) {
      for (const listener of process.rawListeners(name)) {
        if (!listening.has(listener) && !ofPackages.has(listener)) process.removeListener(name, listener);
      }
    }
  };
}

module.exports = class OneContext extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.putBack = remember();
    this.global = globalThis;
    const { moduleMocker, fakeTimersModern } = this;
    this.moduleMocker = new moduleMocker.constructor(globalThis);
    fakeTimersModern.dispose();
    this.fakeTimersModern = new fakeTimersModern.constructor({
      config: config.projectConfig,
      global: globalThis,
    });
    Error.stackTraceLimit = 100;
  }

  getVmContext() {
    return SHARED;
  }

  async teardown() {
    await super.teardown();
    this.putBack();
    this.global = null;
  }
};
