import type { FactName, FactTables } from '../../contract/tables';
import type { Report } from '../parse-file';
import type { Dialog } from '../schema';
import { textsOf } from '../step-parts';
import { pathsIn } from '../texts';

const ID = /^[a-z][a-z0-9-]*$/;

/** What is wrong with a name of a fact, and what to do; null when it can be found. `broken`: tables that cannot be read. */
export function factFault(
  { tables }: FactTables,
  { table, key, column }: FactName,
  broken: ReadonlySet<string>,
): [message: string, remedy: string] | null {
  // Its own problem is reported where it stands.
  if (broken.has(table)) return null;
  const found = tables.get(table);
  if (!found) return [`there is no table "${table}"`, `add dialogs/tables/${table}.csv, or name another`];
  if (!found.columns.includes(column))
    return [`the table "${table}" has no column "${column}"`, `name one of: ${found.columns.join(', ')}`];
  if (!found.rows.some((row) => row.key === key))
    return [`the table "${table}" has no row "${key}"`, 'name the key of a row, or add the row'];
  return null;
}

/** The facts that a template names; null as a part for what is not written out. */
export const namesIn = (text: string): (FactName | null)[] =>
  pathsIn(text, 'facts').map(([table, key, column, ...more]) => {
    const isName = [table, key, column].every((part) => typeof part === 'string' && ID.test(part));
    return isName && more.length === 0
      ? { table: String(table), key: String(key), column: String(column) }
      : null;
  });

/** Where a dialog's text may name facts: what is said, and never what is asked, so that a question is always put. */
const isSaid = (dialog: Dialog, path: PropertyKey[]): boolean => {
  const [steps, i, part] = path;
  const type = steps === 'steps' ? dialog.steps[Number(i)]?.type : undefined;
  return part === 'text' && (type === 'say' || type === 'end');
};

/** Checks what the texts of a dialog name of the tables. Texts that are no templates are reported elsewhere. */
export function checkDialogFacts(
  dialog: Dialog,
  report: Report,
  { facts, broken }: { facts: FactTables; broken: ReadonlySet<string> },
): void {
  for (const [path, text] of textsOf(dialog)) {
    for (const name of namesIn(text)) {
      if (!isSaid(dialog, path))
        report(path, 'a fact of a table stands in a question', 'say it in a step of its own before it');
      else if (!name) report(path, 'a fact is not named in full', 'write it as facts.table.key.column');
      else {
        const fault = factFault(facts, name, broken);
        if (fault) report(path, ...fault);
      }
    }
  }
}

/** Texts that belong to no dialog are said with no customer's place at hand. */
export function checkNoFacts(value: unknown, report: Report): void {
  for (const [path, text] of textsOf(value))
    if (namesIn(text).length > 0)
      report(path, 'a fact of a table cannot be named here', 'name it in an answer or in a dialog');
}
