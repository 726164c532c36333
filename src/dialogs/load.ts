import { LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { ContentProblem } from '../contract/problem';
import { messageOf } from '../errors';
import { compileExpression } from './expressions';
import { type Dialog, type DialogSet, dialogSchema, patternsSchema, type Step } from './schema';
import { parseText } from './texts';

/** Files by name; `patterns.yaml` holds what every dialog gets for free, the others one dialog each. */
export interface DialogSources {
  files: Record<string, string>;
  intentNames: Map<string, { zh: string; en: string }>;
}

type Report = (path: PropertyKey[], message: string, remedy: string) => void;

interface Parsed<T> {
  value: T | null;
  report: Report;
}

/** Step kinds that the architecture names and this release does not know yet. */
const LATER = new Set(['survey', 'answer']);

function parseFile<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  problems: ContentProblem[],
): Parsed<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const report: Report = (path, message, remedy) => {
    // The nearest node that exists: what is missing is reported where it should stand.
    let node: Node | undefined;
    for (let depth = path.length; depth > 0 && !node?.range; depth -= 1) {
      node = document.getIn(path.slice(0, depth) as (string | number)[], true) as Node | undefined;
    }
    const { line } = lines.linePos(node?.range?.[0] ?? 0);
    problems.push({ file, line, path: path.map(String).join('.'), message, remedy });
  };
  for (const { message, pos } of document.errors) {
    problems.push({ file, line: lines.linePos(pos[0]).line, path: '', message, remedy: 'mend the YAML' });
  }
  if (document.errors.length > 0) return { value: null, report };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, report };
  for (const { path, message } of parsed.error.issues) {
    const kind = document.getIn([...path, 'type'] as (string | number)[]);
    const isLater = typeof kind === 'string' && LATER.has(kind);
    if (isLater) report(path, `the step kind "${kind}" is not known yet`, 'use say, ask or choose');
    else report(path, message, 'see src/dialogs/schema.ts for the shape');
  }
  return { value: null, report };
}

/** Where a step may lead. */
export function targetsOf(step: Step): [key: string, target: string][] {
  switch (step.type) {
    case 'say':
    case 'set':
    case 'run':
      return [['next', step.next]];
    case 'ask':
    case 'choose':
      return [['next', step.next], ...(step.onFail ? [['onFail', step.onFail] as [string, string]] : [])];
    case 'branch':
      return [
        ...step.cases.map(({ next }, i): [string, string] => [`cases.${i}.next`, next]),
        ['otherwise', step.otherwise],
      ];
    case 'call':
    case 'work-order':
      return [
        ['next', step.next],
        ['onTimeout', step.onTimeout],
        ['onError', step.onError],
      ];
    case 'handoff':
      return step.resumeAt ? [['resumeAt', step.resumeAt]] : [];
    case 'end':
      return [];
  }
}

const slotsOf = (step: Step): [key: string, slot: string][] => {
  if (step.type === 'ask' || step.type === 'choose') return [['slot', step.slot]];
  if (step.type === 'call' || step.type === 'work-order') return [['saveAs', step.saveAs]];
  if (step.type === 'set') return Object.keys(step.values).map((name) => [`values.${name}`, name]);
  return [];
};

const expressionsOf = (step: Step): [path: PropertyKey[], text: string][] => {
  if (step.type === 'branch') return step.cases.map(({ when }, i) => [['cases', i, 'when'], when]);
  if (step.type === 'set') return Object.entries(step.values).map(([name, text]) => [['values', name], text]);
  if (step.type === 'call' || step.type === 'work-order') {
    return Object.entries(step.args).map(([name, text]) => [['args', name], text]);
  }
  if (step.type === 'ask' && step.validate) return [[['validate', 'condition'], step.validate.condition]];
  return [];
};

/** Every text below a value, by its path: strings under `zh` and `en`. */
function textsOf(value: unknown, path: PropertyKey[] = []): [path: PropertyKey[], text: string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]): [PropertyKey[], string][] => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (typeof part === 'string') return key === 'zh' || key === 'en' ? [[here, part]] : [];
    return textsOf(part, here);
  });
}

function attempt(report: Report, path: PropertyKey[], what: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    report(path, `not a valid ${what}: ${messageOf(error).split('\n')[0]}`, `mend the ${what}`);
  }
}

function checkDialog(
  dialog: Dialog,
  report: Report,
  known: { dialogs: Set<string>; intents: Set<string> },
): void {
  const ids = new Set(dialog.steps.map(({ id }) => id));
  for (const [i, intent] of dialog.intents.entries()) {
    if (!known.intents.has(intent))
      report(['intents', i], `there is no intent "${intent}"`, `add intents/${intent}.yaml`);
  }
  const reached = new Set([dialog.steps[0]?.id]);
  for (const [i, step] of dialog.steps.entries()) {
    const at = (...path: PropertyKey[]) => ['steps', i, ...path];
    if (dialog.steps.findIndex(({ id }) => id === step.id) !== i)
      report(at('id'), `two steps are called "${step.id}"`, 'rename one');
    for (const [key, target] of targetsOf(step)) {
      reached.add(target);
      if (!ids.has(target))
        report(at(...key.split('.')), `there is no step "${target}"`, 'name a step of this dialog');
    }
    for (const [key, slot] of slotsOf(step)) {
      if (!(slot in dialog.slots))
        report(at(...key.split('.')), `there is no slot "${slot}"`, 'add it under slots');
    }
    if (step.type === 'run' && !known.dialogs.has(step.dialog)) {
      report(at('dialog'), `there is no dialog "${step.dialog}"`, `add dialogs/${step.dialog}.yaml`);
    }
    for (const [path, text] of expressionsOf(step))
      attempt(report, at(...path), 'expression', () => compileExpression(text));
  }
  for (const [i, { id }] of dialog.steps.entries()) {
    if (!reached.has(id)) report(['steps', i, 'id'], `no step leads to "${id}"`, 'remove it or lead to it');
  }
}

/** Reads all dialogs; every problem of every file at once. The set is null when there is any. */
export function loadDialogs({ files, intentNames }: DialogSources): {
  set: DialogSet | null;
  problems: ContentProblem[];
} {
  const problems: ContentProblem[] = [];
  const { 'patterns.yaml': patternsText = '', ...dialogFiles } = files;
  const patterns = parseFile('patterns.yaml', patternsText, patternsSchema, problems);
  const parsed = Object.entries(dialogFiles).map(([file, text]) => ({
    file,
    ...parseFile(file, text, dialogSchema, problems),
  }));
  const found = parsed.flatMap(({ file, value, report }) => (value ? [{ file, dialog: value, report }] : []));
  const known = {
    dialogs: new Set(found.map(({ dialog }) => dialog.id)),
    intents: new Set(intentNames.keys()),
  };
  const byIntent = new Map<string, string>();
  for (const { file, dialog, report } of found) {
    if (`${dialog.id}.yaml` !== file)
      report(['id'], `id is "${dialog.id}"`, `name the file ${dialog.id}.yaml`);
    checkDialog(dialog, report, known);
    for (const [path, text] of textsOf(dialog)) attempt(report, path, 'text', () => parseText(text));
    for (const [i, intent] of dialog.intents.entries()) {
      const other = byIntent.get(intent);
      if (other) report(['intents', i], `"${intent}" opens ${other} already`, 'let one dialog have it');
      byIntent.set(intent, dialog.id);
    }
  }
  for (const [path, text] of textsOf(patterns.value))
    attempt(patterns.report, path, 'text', () => parseText(text));
  if (problems.length > 0 || !patterns.value) return { set: null, problems };
  const dialogs = new Map(found.map(({ dialog }) => [dialog.id, dialog]));
  return { set: { dialogs, byIntent, intentNames, patterns: patterns.value }, problems };
}
