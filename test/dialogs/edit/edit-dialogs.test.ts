import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Node } from 'yaml';
import { addSlot, renameSlot, setSlotPart, stringsOf } from '../../../src/dialogs/edit/edit-slots';
import {
  addStep,
  connectStep,
  copyStep,
  dialogOf,
  removeStep,
  renameStep,
  setStepPart,
  waysTo,
} from '../../../src/dialogs/edit/edit-steps';
import {
  insertIn,
  itemLines,
  removeIn,
  setIn,
  valueAt,
  yamlValue,
} from '../../../src/dialogs/edit/edit-yaml';
import { graphOf } from '../../../src/dialogs/edit/graph';
import { edited, newHistory, redone, undone } from '../../../src/dialogs/edit/history';
import { newStep } from '../../../src/dialogs/edit/new-step';
import { findUsages } from '../../../src/dialogs/edit/usages';
import { nodeAt, openYaml, rangeOf } from '../../../src/dialogs/edit/yaml-places';
import { type Step, stepSchema } from '../../../src/dialogs/schema';
import { targetsOf } from '../../../src/dialogs/step-parts';
import { SEED, size } from '../../support/size';

const runs = (test: number, prove: number): number => size({ test, prove });

const FOLDER = join(__dirname, '../../../dialogs');
const files = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]),
);
const dialogs = Object.entries(files).filter(([, text]) => /^steps:/m.test(text));
/** The longest takes a second an edit: in the full proof only. */
const short = size({ test: 12_000, prove: 40_000 });
const anyDialog = fc.constantFrom(...dialogs.flatMap(([name, text]) => (text.length < short ? [name] : [])));
const textOf = (name: string): string => files[name] ?? '';

/** Lines that an edit left out or put in: what stands before and after both texts is the same. */
function touched(before: string, after: string): { gone: string[]; put: string[] } {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return { gone: a.slice(head, a.length - tail), put: b.slice(head, b.length - tail) };
}

const anyText = fc.oneof(
  fc.constantFrom(
    '好的。',
    'a: b',
    '- x',
    '# no',
    '"',
    "it's",
    '{{ slots.a }}',
    'true',
    '123',
    ' a',
    'b ',
    '@',
    '%',
  ),
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.constantFrom('第一行\n第二行', '，：“引号”', 'null', '1e3', '[x]', '{x', 'x, y', '? x', '~'),
);

describe('edits of dialogs as text', () => {
  it('changes one text of a shipped dialog, and no other line', () => {
    fc.assert(
      fc.property(anyDialog, fc.nat(), anyText, (name, n, put) => {
        const text = textOf(name);
        const strings = stringsOf(yamlValue(text)).filter(([path]) =>
          ['zh', 'en'].includes(String(path.at(-1))),
        );
        const [path, was] = strings[n % strings.length] ?? [[], ''];
        const changed = setIn(text, path, put);
        expect(valueAt(yamlValue(changed), path)).toBe(put);
        const node = nodeAt(openYaml(text), path) as Node;
        const own = text.slice(...rangeOf(node, text)).split('\n').length;
        expect(touched(text, changed).gone.length).toBeLessThanOrEqual(own);
        expect(yamlValue(setIn(changed, path, was))).toEqual(yamlValue(text));
      }),
      { numRuns: runs(50, 300), seed: SEED },
    );
  });

  it('leaves a text that is set to what it is', () => {
    for (const [, text] of dialogs.filter(([, each]) => each.length < short))
      for (const [path, value] of stringsOf(yamlValue(text)).slice(0, 40))
        expect(setIn(text, path, value)).toBe(text);
  });

  it('adds, removes, renames and connects steps of shipped dialogs, and each is a dialog again', () => {
    const kinds = stepSchema.options.map((each) => ('shape' in each ? each.shape.type.value : 'answer'));
    fc.assert(
      fc.property(anyDialog, fc.nat(), fc.constantFrom(...kinds), (name, n, kind) => {
        const text = textOf(name);
        const dialog = dialogOf(text);
        const step = dialog.steps[n % dialog.steps.length] as Step;
        const slot = Object.keys(dialog.slots)[0] ?? 'none';
        const made = newStep(kind, 'put-in', { slot, step: step.id });
        const more = addStep(text, made, step.id);
        expect(touched(text, insertIn(text, ['steps'], n % dialog.steps.length, made)).gone).toEqual([]);
        expect(dialogOf(more).steps).toHaveLength(dialog.steps.length + 1);
        if (targetsOf(step).length > 0) expect(waysTo(dialogOf(more), 'put-in')).not.toEqual([]);
        const other = renameStep(more, 'put-in', 'called-otherwise');
        expect(waysTo(dialogOf(other), 'put-in')).toEqual([]);
        expect(dialogOf(removeStep(other, 'called-otherwise')).steps).toEqual(
          'next' in made || targetsOf(step).length === 0 ? dialog.steps : expect.anything(),
        );
        const [way] = targetsOf(step);
        if (way) {
          const last = dialog.steps.at(-1)?.id ?? '';
          const led = connectStep(text, step.id, way[0] as string[], last);
          expect(touched(text, led).gone.length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: runs(12, 80), seed: SEED },
    );
  });

  it('removing any step leaves the lines of all others as they were', () => {
    fc.assert(
      fc.property(anyDialog, fc.nat(), (name, n) => {
        const text = textOf(name);
        const { steps } = dialogOf(text);
        if (steps.length < 2) return;
        const place = n % steps.length;
        // What is written once and meant in several places stays.
        if (/&\w/.test(itemLines(text, ['steps', place]))) {
          expect(() => removeIn(text, ['steps', place])).toThrow('cannot be changed here');
          return;
        }
        const less = removeIn(text, ['steps', place]);
        const { put } = touched(text, less);
        expect(put).toEqual([]);
        const back = insertIn(less, ['steps'], place, valueAt(yamlValue(text), ['steps', place]));
        expect(yamlValue(back)).toEqual(yamlValue(text));
      }),
      { numRuns: runs(25, 150), seed: SEED },
    );
  });

  it('renames a slot wherever the dialog speaks of it', () => {
    fc.assert(
      fc.property(anyDialog, fc.nat(), (name, n) => {
        const text = textOf(name);
        const names = Object.keys(dialogOf(text).slots);
        const slot = names[n % names.length];
        if (!slot) return;
        const renamed = renameSlot(text, slot, 'calledOtherwise');
        expect(findUsages({ 'dialogs/x.yaml': renamed }, { kind: 'slot', name: slot })).toEqual([]);
        expect(yamlValue(renameSlot(renamed, 'calledOtherwise', slot))).toEqual(yamlValue(text));
        expect(renamed.split('\n').length).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: runs(8, 40), seed: SEED },
    );
  });

  it('copies a step with its comments and slots into another dialog', () => {
    const { text, id } = copyStep(textOf('complaint.yaml'), 'classify', textOf('wifi-password.yaml'));
    expect(id).toBe('classify');
    expect(text).toContain('# What the words speak of; one kind alone is sure.');
    expect(Object.keys(dialogOf(text).slots)).toEqual(expect.arrayContaining(['aim', 'cause']));
    expect(text.startsWith(textOf('wifi-password.yaml').slice(0, 300))).toBe(true);
    expect(copyStep(text, id, text).id).toBe('classify-2');
  });

  it('adds parts where they belong, and refuses what it cannot do', () => {
    const text = 'id: a\nname: { zh: 甲, en: a }\nsteps:\n  - id: x # first\n    type: end\n';
    const more = setStepPart(text, 'x', ['text'], { zh: '好：的', en: 'fine' });
    expect(more).toBe(`${text}    text: { zh: "好：的", en: fine }\n`.replace('"好：的"', '好：的'));
    expect(setStepPart(more, 'x', ['text'], undefined)).toBe(text);
    const slotted = addSlot(text, 'phone', '电话', 'phone');
    expect(slotted).toContain('slots:\n  phone:\n    name: { zh: 电话, en: phone }\nsteps:');
    expect(setSlotPart(slotted, 'phone', ['entity'], 'phone')).toContain('    entity: phone\n');
    expect(() => addSlot(slotted, 'phone', '', '')).toThrow('Another slot');
    expect(() => addSlot(slotted, 'a b', '', '')).toThrow('is no name');
    expect(() => renameStep(more, 'y', 'z')).toThrow('There is no step "y"');
    expect(() => setIn('a: [', ['a'], 1)).toThrow('Mend the YAML first');
    expect(() => dialogOf('id: a\n')).toThrow('Mend the YAML first');
  });

  it('draws every step of every dialog, and each way between two', () => {
    for (const [, text] of dialogs.filter(([, each]) => each.length < short)) {
      const dialog = dialogOf(text);
      const { nodes, edges } = graphOf(dialog);
      expect(nodes.map(({ id }) => id)).toEqual(dialog.steps.map(({ id }) => id));
      expect(edges).toHaveLength(dialog.steps.flatMap(targetsOf).length);
      expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
    }
  });

  it('finds where dialogs, intents and articles are used', () => {
    const all = Object.fromEntries(Object.entries(files).map(([name, text]) => [`dialogs/${name}`, text]));
    const runs = findUsages(all, { kind: 'dialog', name: 'contact-phone' });
    expect(runs.length).toBeGreaterThan(2);
    const [first] = runs;
    expect(all[first?.file ?? '']?.split('\n')[(first?.line ?? 0) - 1]).toContain('contact-phone');
    const used = findUsages(all, { kind: 'intent', name: 'fault-wifi' }).map(({ file }) => file);
    expect(used).toEqual([
      'dialogs/fault-report.yaml',
      // What it gives way to, and an answer of one of its questions.
      'dialogs/installation-help.yaml',
      'dialogs/installation-help.yaml',
      'dialogs/verify-repair.yaml',
    ]);
  });

  it('takes back and does again, a stretch of typing at once', () => {
    const typed = edited(edited(newHistory('a'), 'ab', 'text', 0), 'abc', 'text', 500);
    const more = edited(typed, 'abcd', 'text', 5000);
    expect(undone(more).now).toBe('abc');
    expect(undone(undone(more)).now).toBe('a');
    expect(redone(undone(undone(more))).now).toBe('abc');
    expect(undone(newHistory('a')).now).toBe('a');
    expect(edited(undone(more), 'x', 'text', 6000).future).toEqual([]);
  });
});
