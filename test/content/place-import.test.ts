import { placeImport } from '../../src/content/place-import';

const known = ['dialogs/praise.yaml', 'intents/praise.yaml', 'intents/entities/lexicon.yaml'];
const place = (name: string, text = '') => placeImport(name, text, known);

describe('a file from disk', () => {
  it('goes where its folders say', () => {
    expect(place('content/dialogs/conversations/talk.yaml')).toBe('dialogs/conversations/talk.yaml');
    expect(place('C:\\work\\intents\\entities\\areas.yaml')).toBe('intents/entities/areas.yaml');
    expect(place('intents/praise.yaml', 'steps: []')).toBe('intents/praise.yaml');
  });

  it('goes by what it holds and its id when it has no folders', () => {
    expect(place('x.yaml', 'id: praise\nsteps: []')).toBe('dialogs/praise.yaml');
    expect(place('praise (1).yaml', 'id: praise\nexamples: {}')).toBe('intents/praise.yaml');
    expect(place('mine.yaml', '- name: a\n  lines: []')).toBe('dialogs/conversations/mine.yaml');
    expect(place('fee.md', '---\nid: fee\n')).toBe('dialogs/knowledge/fee.md');
    expect(place('fees.csv', 'key,price:yuan\n')).toBe('dialogs/tables/fees.csv');
    expect(place('价格.csv', 'key,price:yuan\n')).toBeNull();
  });

  it('goes where the only file of its name is, and nowhere when nothing tells', () => {
    expect(place('lexicon.yaml', 'words: []')).toBe('intents/entities/lexicon.yaml');
    expect(place('praise.yaml', 'a: 1')).toBeNull();
    expect(place('notes.yaml', '- 1')).toBeNull();
    expect(place('x.yaml', 'a: [')).toBeNull();
    expect(place('../../etc/passwd', 'steps: []')).toBeNull();
    expect(place('x.yaml', 'id: ../../up\nsteps: []')).toBe('dialogs/x.yaml');
  });
});
