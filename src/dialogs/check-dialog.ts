import { messageOf } from '../errors';
import { checkExpression, slotsReadBy } from './expressions';
import type { Report } from './parse-file';
import { type CallStep, type Dialog, SEALED_ENTITIES, type Step } from './schema';
import {
  expressionsOf,
  findCircle,
  intentsOf,
  reachableSteps,
  slotsOf,
  targetsOf,
  textsOf,
} from './step-parts';
import { parseText } from './texts';

/** What a dialog may refer to outside itself. */
export interface Known {
  dialogs: ReadonlySet<string>;
  intents: ReadonlySet<string>;
  articles: ReadonlySet<string>;
}

function attempt(report: Report, path: PropertyKey[], what: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    report(path, `not a valid ${what}: ${messageOf(error).split('\n')[0]}`, `mend the ${what}`);
  }
}

/** Every text below a value must be a template. */
export function checkTexts(value: unknown, report: Report): void {
  for (const [path, text] of textsOf(value)) attempt(report, path, 'text', () => parseText(text));
}

/** Checks all that a schema cannot see: references, circles, expressions, texts. */
export function checkDialog(dialog: Dialog, report: Report, known: Known): void {
  for (const [i, intent] of dialog.intents.entries()) checkIntent(['intents', i], intent, report, known);
  for (const [i, intent] of dialog.yieldsTo.entries()) checkIntent(['yieldsTo', i], intent, report, known);
  for (const [entity, intent] of Object.entries(dialog.hints)) {
    if (!dialog.intents.includes(intent))
      report(['hints', entity], `"${intent}" does not open this dialog`, 'name one of its intents');
  }
  for (const [entity, { intent }] of Object.entries(dialog.offeredFor)) {
    if (intent && !dialog.intents.includes(intent))
      report(
        ['offeredFor', entity, 'intent'],
        `"${intent}" does not open this dialog`,
        'name one of its intents',
      );
  }
  checkSlots(dialog, report);
  const ids = new Set(dialog.steps.map(({ id }) => id));
  for (const [i, step] of dialog.steps.entries()) {
    const at: Report = (path, message, remedy) => report(['steps', i, ...path], message, remedy);
    if (dialog.steps.findIndex(({ id }) => id === step.id) !== i)
      at(['id'], `two steps are called "${step.id}"`, 'rename one');
    checkStep(dialog, step, ids, at, known);
  }
  for (const [i, { next }] of dialog.shortcuts.entries())
    checkTarget(['shortcuts', i, 'next'], next, ids, report);
  const reached = reachableSteps(dialog);
  for (const [i, { id }] of dialog.steps.entries()) {
    if (!reached.has(id)) report(['steps', i, 'id'], `no step leads to "${id}"`, 'remove it or lead to it');
  }
  const circle = findCircle(dialog);
  if (circle) {
    const i = dialog.steps.findIndex(({ id }) => id === circle);
    report(
      ['steps', i, 'id'],
      `"${circle}" comes back to itself without a question or a call`,
      'break the circle',
    );
  }
  checkTexts(dialog, report);
}

function checkTarget(path: PropertyKey[], target: string, ids: Set<string>, report: Report): void {
  if (!ids.has(target)) report(path, `there is no step "${target}"`, 'name a step of this dialog');
}

function checkIntent(path: PropertyKey[], intent: string, report: Report, known: Known): void {
  if (!known.intents.has(intent))
    report(path, `there is no intent "${intent}"`, `add intents/${intent}.yaml`);
}

function checkSlot(path: PropertyKey[], slot: string, dialog: Dialog, report: Report): void {
  if (!Object.hasOwn(dialog.slots, slot)) report(path, `there is no slot "${slot}"`, 'add it under slots');
}

function checkSlots(dialog: Dialog, report: Report): void {
  const ids = new Set(dialog.steps.map(({ id }) => id));
  for (const [name, { accept, refuse, onCorrect, isShared, entity }] of Object.entries(dialog.slots)) {
    const at = (...path: PropertyKey[]) => ['slots', name, ...path];
    if (accept) attempt(report, at('accept'), 'expression', () => checkExpression(accept, ['value']));
    for (const [i, { when }] of refuse.entries())
      attempt(report, at('refuse', i, 'when'), 'expression', () => checkExpression(when, ['value']));
    if (onCorrect) checkTarget(at('onCorrect', 'next'), onCorrect.next, ids, report);
    for (const [i, slot] of (onCorrect?.forget ?? []).entries())
      checkSlot(at('onCorrect', 'forget', i), slot, dialog, report);
    if (isShared && SEALED_ENTITIES.has(entity ?? ''))
      report(at('isShared'), `"${name}" is secret`, 'keep it in this dialog');
  }
}

function checkStep(dialog: Dialog, step: Step, ids: Set<string>, report: Report, known: Known): void {
  for (const [path, target] of targetsOf(step)) checkTarget(path, target, ids, report);
  for (const [path, slot] of slotsOf(step)) checkSlot(path, slot, dialog, report);
  for (const [path, intent] of intentsOf(step)) checkIntent(path, intent, report, known);
  if (step.type === 'call' && step.lateMs !== undefined) checkLate(dialog, step, report);
  if (step.type === 'run' && !known.dialogs.has(step.dialog))
    report(['dialog'], `there is no dialog "${step.dialog}"`, `add dialogs/${step.dialog}.yaml`);
  if (step.type === 'answer' && step.article && !known.articles.has(step.article))
    report(['article'], `there is no article "${step.article}"`, `add dialogs/knowledge/${step.article}.md`);
  for (const [path, text] of expressionsOf(step)) {
    attempt(report, path, 'expression', () => {
      checkExpression(text, extraOf(path));
      for (const slot of slotsReadBy(text)) checkSlot(path, slot, dialog, report);
    });
    if (step.type !== 'call') checkNoSecret(dialog, path, text, report);
  }
  for (const [path, text] of textsOf(step)) checkNoSecret(dialog, path, text, report);
}

/** Who was told that an answer will come hears of it, by a human if need be. */
function checkLate({ steps }: Dialog, { onTimeout }: CallStep, report: Report): void {
  const target = steps.find(({ id }) => id === onTimeout);
  if (target && target.type !== 'handoff')
    report(
      ['onTimeout'],
      `"${onTimeout}" is no handoff, and the answer was said to come`,
      'lead to a handoff',
    );
}

/** Beside the usual variables: the value that is judged, and what the message has just filled. */
function extraOf(path: PropertyKey[]): string[] {
  const last = path.at(-1);
  if (last === 'condition' || last === 'complete') return ['value'];
  return last === 'when' && path[0] === 'options' ? ['news'] : [];
}

/** A secret goes into a call and nowhere else. */
function checkNoSecret(dialog: Dialog, path: PropertyKey[], text: string, report: Report): void {
  for (const [name, { entity }] of Object.entries(dialog.slots)) {
    if (SEALED_ENTITIES.has(entity ?? '') && new RegExp(`slots\\W{1,3}${name}\\b`).test(text))
      report(path, `"${name}" is secret`, 'use it only in the args of a call');
  }
}

/** A dialog that runs another which runs it: the names in the circle; null when there is none. */
export function findRunCircle(dialogs: Dialog[]): string[] | null {
  const runs = new Map(
    dialogs.map(({ id, steps }) => [id, steps.flatMap((step) => (step.type === 'run' ? [step.dialog] : []))]),
  );
  const walk = (id: string, way: string[]): string[] | null => {
    if (way.includes(id)) return [...way, id];
    for (const next of runs.get(id) ?? []) {
      const found = walk(next, [...way, id]);
      if (found) return found;
    }
    return null;
  };
  for (const { id } of dialogs) {
    const found = walk(id, []);
    if (found) return found;
  }
  return null;
}
