import { type Article, NO_ANSWERS } from '../contract/knowledge';
import type { ContentProblem } from '../contract/problem';
import type { FactTables } from '../contract/tables';
import { checkDialog, checkTexts, findRunCircle } from './check-dialog';
import { loadArticles } from './knowledge/load-articles';
import { loadNoAnswer, NO_ANSWER } from './knowledge/no-answer';
import { parseFile, type Report } from './parse-file';
import { type Dialog, type DialogSet, dialogSchema, patternsSchema } from './schema';
import { loadRefusals, REFUSALS } from './slots/load-refusals';
import { checkDialogFacts, checkNoFacts } from './tables/check-facts';
import { loadTables, type ServedPlaces } from './tables/load-tables';
import { emptiedElsewhere, emptiedSlots } from './walk/emptied-slots';
import { findUnfilledSlots } from './walk/unfilled-slots';

/** Files by name; `patterns.yaml` holds what every dialog gets for free, `refusals.yaml` why answers are not taken, the others one dialog each. */
export interface DialogSources {
  files: Record<string, string>;
  /** Articles, and what has no answer, by file name; without any there are no answers. */
  knowledge?: Record<string, string>;
  /** Tables of facts by file name. */
  tables?: Record<string, string>;
  /** Where the operator is; nothing is known of it where it is empty. */
  served?: ServedPlaces;
  intentNames: Map<string, { zh: string; en: string }>;
}

interface Found {
  file: string;
  dialog: Dialog;
  report: Report;
  warn: Report;
}

/**
 * Reads all dialogs; every problem of every file at once. The set is null when there is any. Warnings are what an
 * admin should mend before it is published, and nothing that content of an older release is refused for.
 */
export function loadDialogs({
  files,
  knowledge = {},
  tables = {},
  served = [],
  intentNames,
}: DialogSources): {
  set: DialogSet | null;
  problems: ContentProblem[];
  warnings: ContentProblem[];
  /** As far as its files can be read. */
  facts: FactTables;
  /** Those warnings that the walk over every way through a dialog has found. */
  unfilled: ContentProblem[];
} {
  const problems: ContentProblem[] = [];
  const warnings: ContentProblem[] = [];
  const { 'patterns.yaml': patternsText = '', [REFUSALS]: refusalsText, ...dialogFiles } = files;
  const patterns = parseFile('patterns.yaml', patternsText, patternsSchema, problems, { warnings });
  const found = Object.entries(dialogFiles).flatMap(([file, text]): Found[] => {
    const { value, report, warn } = parseFile(file, text, dialogSchema, problems, { warnings });
    return value ? [{ file, dialog: value, report, warn }] : [];
  });
  const facts = loadTables(tables, served, { problems, warnings });
  const broken = new Set(
    Object.keys(tables)
      .map((file) => file.replace(/\.csv$/, ''))
      .filter((name) => !facts.tables.has(name)),
  );
  const named = { facts, broken };
  const known = {
    // A file that does not parse is still there: whoever refers to it is not at fault.
    dialogs: new Set(Object.keys(dialogFiles).map((file) => file.replace(/\.yaml$/, ''))),
    intents: new Set(intentNames.keys()),
    articles: new Set(Object.keys(knowledge).map((file) => file.replace(/\.md$/, ''))),
  };
  for (const { file, dialog, report } of found) {
    if (`${dialog.id}.yaml` !== file)
      report(['id'], `id is "${dialog.id}"`, `name the file ${dialog.id}.yaml`);
    checkDialog(dialog, report, known);
    checkDialogFacts(dialog, report, named);
  }
  const byIntent = joinIntents(found);
  checkOffers(found);
  checkRuns(found);
  const noAnswer = loadNoAnswer(knowledge[NO_ANSWER], problems);
  const refusals = loadRefusals(refusalsText, problems);
  const articles = loadArticles(knowledge, { openedBy: new Set(byIntent.keys()), ...named }, problems);
  if (patterns.value) {
    checkTexts(patterns.value, patterns.report);
    checkNoFacts(patterns.value, patterns.report);
  }
  if (problems.length > 0 || !patterns.value) return { set: null, problems, warnings, facts, unfilled: [] };
  const others = warnings.length;
  warnUnfilled(found);
  const dialogs = new Map(found.map(({ dialog }) => [dialog.id, dialog]));
  const texts = { patterns: patterns.value, refusals };
  const set = { dialogs, byIntent, intentNames, ...texts, articles, noAnswer, facts, ...UNLEARNED };
  return { set, problems, warnings, facts, unfilled: warnings.slice(others) };
}

/** Nothing is found until somebody has learned the articles; what is named is said. */
export const UNLEARNED = { findAnswers: () => NO_ANSWERS, holds: (_article: Article) => true };

/** The dialog that each intent opens: one and no more. */
function joinIntents(found: Found[]): Map<string, string> {
  const byIntent = new Map<string, string>();
  for (const { dialog, report } of found) {
    for (const [i, intent] of dialog.intents.entries()) {
      const other = byIntent.get(intent);
      if (other) report(['intents', i], `"${intent}" opens ${other} already`, 'let one dialog have it');
      else byIntent.set(intent, dialog.id);
    }
  }
  return byIntent;
}

const MOST_OFFERS = 3;

/** A question has at most three answers to tap. */
function checkOffers(found: Found[]): void {
  const counts = new Map<string, number>();
  for (const { dialog, report } of found) {
    for (const entity of Object.keys(dialog.offeredFor)) {
      const count = (counts.get(entity) ?? 0) + 1;
      counts.set(entity, count);
      if (count > MOST_OFFERS)
        report(
          ['offeredFor', entity],
          `more than ${MOST_OFFERS} dialogs are offered for it`,
          'leave one out',
        );
    }
  }
}

/** Whoever reads a slot must be sure of it. */
function warnUnfilled(found: Found[]): void {
  const dialogs = new Map(found.map(({ dialog }) => [dialog.id, dialog]));
  const emptied = emptiedSlots(dialogs);
  const elsewhere = emptiedElsewhere(dialogs, emptied);
  for (const { dialog, warn } of found) {
    for (const { step, path, slot } of findUnfilledSlots(dialog, emptied, elsewhere))
      warn(
        ['steps', step, ...path],
        `"${slot}" may be empty here`,
        'ask whether it is null, or fill it on every way that leads here',
      );
  }
}

function checkRuns(found: Found[]): void {
  const circle = findRunCircle(found.map(({ dialog }) => dialog));
  const first = found.find(({ dialog }) => dialog.id === circle?.[0]);
  if (circle && first)
    first.report(['steps'], `dialogs run each other: ${circle.join(' → ')}`, 'break the circle');
}
