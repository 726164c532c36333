import { LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { ContentProblem } from '../contract/problem';

/** Notes a problem at a path of the file; the line is found from it. */
export type Report = (path: PropertyKey[], message: string, remedy: string) => void;

export interface ParsedFile<T> {
  /** Null when the file does not fit its schema. */
  value: T | null;
  report: Report;
}

/** A file of content is small; a bomb of aliases is none. */
const FILE_LIMIT = 500_000;
const MAX_ALIASES = 200;

/**
 * Reads one YAML file against its schema, which stands in the file `shapes`. Every problem is added to the list with
 * its line, none is thrown.
 */
export function parseFile<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  problems: ContentProblem[],
  shapes = 'src/dialogs/schema.ts',
): ParsedFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text.slice(0, FILE_LIMIT), { lineCounter: lines });
  const report: Report = (path, message, remedy) => {
    // The nearest node that exists: what is missing is reported where it should stand.
    let node: Node | undefined;
    for (let depth = path.length; depth > 0 && !node?.range; depth -= 1) {
      node = nodeAt(document, path.slice(0, depth));
    }
    const line = lines.linePos(node?.range?.[0] ?? 0).line || 1;
    problems.push({ file, line, path: path.map(String).join('.'), message, remedy });
  };
  for (const { message, pos } of document.errors) {
    const [reason = message] = message.split('\n');
    problems.push({
      file,
      line: lines.linePos(pos[0]).line,
      path: '',
      message: reason,
      remedy: 'mend the YAML',
    });
  }
  if (document.errors.length > 0) return { value: null, report };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    report([], 'too many aliases', 'write the steps out');
    return { value: null, report };
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return { value: parsed.data, report };
  for (const issue of parsed.error.issues) reportIssue(issue, { report, shapes });
  return { value: null, report };
}

const nodeAt = (document: ReturnType<typeof parseDocument>, path: PropertyKey[]): Node | undefined =>
  // Zod's paths hold names and positions only.
  document.getIn(path as (string | number)[], true) as Node | undefined;

function reportIssue(issue: z.core.$ZodIssue, { report, shapes }: { report: Report; shapes: string }): void {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys)
      report([...path, key], `unknown key "${key}"`, 'remove it or mend its name');
    return;
  }
  report(path, message, `see ${shapes} for the shape`);
}
