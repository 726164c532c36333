import type { Dialog, Step } from './schema';

/** A value inside a step, and the way to it in the file. */
export type Part = [path: PropertyKey[], text: string];

/** Where a step may lead. */
export function targetsOf(step: Step): Part[] {
  switch (step.type) {
    case 'say':
    case 'set':
    case 'run':
    case 'survey':
      return [[['next'], step.next]];
    case 'ask':
    case 'choose':
      return [
        [['next'], step.next],
        ...optional(['onFail'], step.onFail),
        ...(step.type === 'choose' ? optional(['stale', 'next'], step.stale?.next) : []),
      ];
    case 'branch':
      return [
        ...step.cases.map(({ next }, i): Part => [['cases', i, 'next'], next]),
        [['otherwise'], step.otherwise],
      ];
    case 'call':
    case 'work-order':
      return [
        [['next'], step.next],
        [['onTimeout'], step.onTimeout],
        [['onError'], step.onError],
      ];
    case 'answer':
      return [
        [['next'], step.next],
        [['otherwise'], step.otherwise],
      ];
    case 'handoff':
      return step.resumeAt ? [[['resumeAt'], step.resumeAt]] : [];
    case 'end':
      return [];
  }
}

/** Slots that a step reads or fills by name. */
export function slotsOf(step: Step): Part[] {
  if (step.type === 'ask' || step.type === 'choose' || step.type === 'survey') return [[['slot'], step.slot]];
  if (step.type === 'call' || step.type === 'work-order') return [[['saveAs'], step.saveAs]];
  if (step.type === 'answer') return step.slot ? [[['slot'], step.slot]] : [];
  if (step.type === 'set') return Object.keys(step.values).map((name): Part => [['values', name], name]);
  return [];
}

/** Intents that stand for an answer. */
export const intentsOf = (step: Step): Part[] =>
  step.type === 'choose'
    ? step.options.flatMap(({ intents }, i) =>
        intents.map((intent, k): Part => [['options', i, 'intents', k], intent]),
      )
    : [];

const optional = (path: PropertyKey[], text: string | undefined): Part[] => (text ? [[path, text]] : []);

/** CEL expressions of a step. */
export function expressionsOf(step: Step): Part[] {
  switch (step.type) {
    case 'branch':
      return step.cases.map(({ when }, i): Part => [['cases', i, 'when'], when]);
    case 'set':
      return Object.entries(step.values).map(([name, text]): Part => [['values', name], text]);
    case 'call':
    case 'work-order':
      return Object.entries(step.args).map(([name, text]): Part => [['args', name], text]);
    case 'ask':
      return [
        ...optional(['validate', 'condition'], step.validate?.condition),
        ...optional(['skipWhen'], step.skipWhen),
        ...optional(['complete'], step.complete),
      ];
    case 'choose':
      return [
        ...optional(['skipWhen'], step.skipWhen),
        ...optional(['stale', 'when'], step.stale?.when),
        ...step.options.flatMap(({ when }, i) => optional(['options', i, 'when'], when)),
      ];
    default:
      return [];
  }
}

/** Every text below a value, by its path: strings under `zh` and `en`. */
export function textsOf(value: unknown, path: PropertyKey[] = []): Part[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]): Part[] => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (typeof part === 'string') return key === 'zh' || key === 'en' ? [[here, part]] : [];
    return textsOf(part, here);
  });
}

/** Names of the steps that can be come to at all: from the first, a shortcut or a correction. */
export function reachableSteps(dialog: Dialog): Set<string> {
  const steps = new Map(dialog.steps.map((step) => [step.id, step]));
  const corrections = Object.values(dialog.slots).flatMap(({ onCorrect }) =>
    onCorrect ? [onCorrect.next] : [],
  );
  const open = [dialog.steps[0]?.id ?? '', ...dialog.shortcuts.map(({ next }) => next), ...corrections];
  const reached = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = steps.get(id);
    if (!step || reached.has(id)) continue;
    reached.add(id);
    open.push(...targetsOf(step).map(([, target]) => target));
  }
  return reached;
}

/** Steps that wait for the customer or for an outcome: a circle must hold one. */
const WAITING: ReadonlySet<Step['type']> = new Set([
  'ask',
  'choose',
  'survey',
  'call',
  'work-order',
  'handoff',
]);

/** A step from which steps that never wait lead back to itself; null when there is none. */
export function findCircle(dialog: Dialog): string | null {
  const steps = new Map(dialog.steps.map((step) => [step.id, step]));
  const settled = new Set<string>();
  const walk = (id: string, way: Set<string>): string | null => {
    const step = steps.get(id);
    if (!step || WAITING.has(step.type) || settled.has(id)) return null;
    if (way.has(id)) return id;
    way.add(id);
    for (const [, target] of targetsOf(step)) {
      const found = walk(target, way);
      if (found) return found;
    }
    way.delete(id);
    settled.add(id);
    return null;
  };
  for (const { id } of dialog.steps) {
    const found = walk(id, new Set());
    if (found) return found;
  }
  return null;
}
