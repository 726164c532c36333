import { join } from 'node:path';
import { loadDispositions, parseDispositions } from '../../src/content/load-dispositions';
import { checkDisposition, dispositionCodes } from '../../src/handoff/dispositions';

const root = join(__dirname, '../..');

describe('what conversations are filed under', () => {
  it('ships as a tree by service', () => {
    const tree = loadDispositions(join(root, 'no-such-folder'), root);
    expect(dispositionCodes(tree)).toContain('fault/order-made');
    expect(() => checkDisposition(tree, 'fault/order-made')).not.toThrow();
    expect(() => checkDisposition(tree, null)).not.toThrow();
    expect(() => checkDisposition(tree, 'fault/nothing')).toThrow(/disposition/);
  });

  it('names what is wrong with its line', () => {
    const name = '{ zh: 报障, en: Fault }';
    const results = `results: [{ id: a, name: ${name} }, { id: a, name: ${name} }]`;
    expect(() => parseDispositions(`services:\n  - { id: fault, name: ${name}, ${results} }\n`)).toThrow(
      /dispositions\.yaml:2 .*"fault\/a" stands twice/,
    );
    expect(() => parseDispositions('services: []\n')).toThrow(/dispositions\.yaml:1/);
  });
});
