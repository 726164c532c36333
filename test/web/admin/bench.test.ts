import type { Draft } from '../../../src/contract/content-editing';
import { dialogOf } from '../../../src/dialogs/edit/edit-steps';
import {
  type Bench,
  type BenchEvent,
  emptyBench,
  filesOf,
  reduceBench,
  textOf,
  unsavedOf,
} from '../../../src/web/admin/state/bench';
import { blockWords } from '../../../src/web/admin/state/block-words';
import { problemWords } from '../../../src/web/admin/state/problem-words';
import { speakCondition, speakStep } from '../../../src/web/admin/state/speak-step';
import { placeAt, suggest } from '../../../src/web/admin/state/yaml-help';

const draft = (files: Draft['files'], revision: number): Draft => ({
  base: 'v1',
  revision,
  files,
  changed: [],
  problems: [],
  warnings: [],
  isBehind: false,
});
const benchAfter = (...events: BenchEvent[]): Bench => events.reduce(reduceBench, emptyBench);
const edit = (path: string, text: string, at: number): BenchEvent => ({
  type: 'edit',
  path,
  text,
  what: 'yaml',
  at,
});
const read: BenchEvent = { type: 'draft-read', draft: draft({ a: '1', b: '2' }, 3) };
const { files: _, ...saved } = draft({}, 4);

describe('the draft on the page', () => {
  it('keeps what was typed while a save was on its way', () => {
    const typed = benchAfter(read, edit('a', '1x', 0), { type: 'sending' }, edit('a', '1xy', 5000));
    const done = reduceBench(typed, { type: 'draft-saved', draft: saved, sent: { a: '1x' } });
    expect(done.saving).toBe('waiting');
    expect(unsavedOf(done)).toEqual({ a: '1xy' });
    expect(textOf(reduceBench(done, { type: 'undo', path: 'a' }), 'a')).toBe('1x');
  });

  it('has nothing to save when an edit was taken back before it was sent', () => {
    const undone = benchAfter(read, edit('a', '1x', 0), { type: 'undo', path: 'a' });
    expect([undone.saving, unsavedOf(undone)]).toEqual(['saved', {}]);
    expect(reduceBench(undone, { type: 'redo', path: 'a' }).saving).toBe('waiting');
  });

  it('takes an empty text for a file that goes, and brings it back', () => {
    const gone = benchAfter(read, edit('b', '', 0));
    expect(unsavedOf(gone)).toEqual({ b: null });
    expect(Object.keys(filesOf(gone))).toEqual(['a']);
    expect(filesOf(reduceBench(gone, { type: 'undo', path: 'b' }))).toEqual({ a: '1', b: '2' });
  });

  it('puts its own edits over another window, or drops them', () => {
    const other = draft({ a: '1', b: 'other' }, 9);
    const clash = benchAfter(read, edit('a', 'mine', 0), { type: 'draft-conflict', draft: other });
    const kept = reduceBench(clash, { type: 'keep-mine' });
    expect([filesOf(kept), unsavedOf(kept), kept.draft?.revision]).toEqual([
      { a: 'mine', b: 'other' },
      { a: 'mine' },
      9,
    ]);
    const dropped = reduceBench(clash, { type: 'draft-taken', draft: other });
    expect([filesOf(dropped), unsavedOf(dropped)]).toEqual([{ a: '1', b: 'other' }, {}]);
  });

  it('keeps what was typed while the draft was read again, with the way back', () => {
    const anew: BenchEvent = { type: 'draft-read', draft: draft({ a: '1', b: '3' }, 4) };
    const typed = benchAfter(read, edit('a', '1x', 0), anew);
    expect([typed.saving, typed.draft?.revision, unsavedOf(typed)]).toEqual(['waiting', 4, { a: '1x' }]);
    expect(filesOf(typed)).toEqual({ a: '1x', b: '3' });
    expect(textOf(reduceBench(typed, { type: 'undo', path: 'a' }), 'a')).toBe('1');
  });

  it('asks when the text under what was typed is another one in the draft that was read again', () => {
    const other = draft({ a: '9', b: '2' }, 4);
    const typed = benchAfter(read, edit('a', '1x', 0), { type: 'draft-read', draft: other });
    expect([typed.saving, typed.other, unsavedOf(typed)]).toEqual(['conflict', other, { a: '1x' }]);
  });
});

const TEXT = `id: a
name: { zh: 甲, en: a }
slots:
  phone: { name: { zh: 电话, en: phone } }
steps:
  - id: first
    type: branch
    cases:
      - when: "slots.phone != null && slots.phone != 'none'"
        next: last
    otherwise: last
  - id: last
    type: handoff
    reason: asked
    pri`;

describe('help with the YAML', () => {
  const dialog = dialogOf(TEXT.slice(0, -8));
  const names = { dialog, dialogs: ['a', 'b'], intents: ['greet'], articles: [] };
  const at = (text: string) => suggest(placeAt(text, text.length), names);

  it('offers the keys of the kind of step, and what its values can be', () => {
    expect(at(TEXT).words).toEqual(expect.arrayContaining(['priority', 'say', 'resumeAt']));
    expect(at(TEXT).words).not.toContain('slot');
    expect(at(`${TEXT}ority: h`).words).toEqual(['normal', 'high', 'danger']);
    expect(at(`${TEXT.slice(0, -3)}resumeAt: f`).words).toEqual(['first', 'last']);
    expect(at('id: a\nsl').words).toEqual(expect.arrayContaining(['slots', 'steps', 'intents']));
  });

  it('reads conditions, steps and problems aloud', () => {
    const [branch] = dialog.steps;
    expect(branch && speakStep(branch, dialog, 'zh')).toBe('电话已填 且 电话 不是 none');
    expect(speakCondition('!isStaffed || slots.phone == null', dialog, 'en')).toBe(
      'not isStaffed or phone is empty',
    );
    const problem = { file: 'x', line: 1, path: '', message: 'there is no step "y"', remedy: 'rename one' };
    expect(problemWords(problem, 'zh')).toBe('没有步骤“y”。改其中一个的编号。');
    expect(blockWords('The draft as it stands was not tried yet: try it first.', 'zh')).toMatch('还没有试跑');
  });
});
