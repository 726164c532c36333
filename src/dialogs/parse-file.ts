import { LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { ContentProblem } from '../contract/problem';

/** Notes a problem at a path of the file; the line is found from it. */
export type Report = (path: PropertyKey[], message: string, remedy: string) => void;

export interface ParsedFile<T> {
  /** Null when the file does not fit its schema. */
  value: T | null;
  report: Report;
  /** Notes what should be mended and does not stop the file from being used. */
  warn: Report;
}

export interface ParseOptions {
  /** Where the schema stands. */
  shapes?: string;
  /** Where warnings go; without it a text without English is a problem. */
  warnings?: ContentProblem[];
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
  { shapes = 'src/dialogs/schema.ts', warnings }: ParseOptions = {},
): ParsedFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text.slice(0, FILE_LIMIT), { lineCounter: lines });
  const noteIn =
    (list: ContentProblem[]): Report =>
    (path, message, remedy) => {
      // The nearest node that exists: what is missing is reported where it should stand.
      let node: Node | undefined;
      for (let depth = path.length; depth > 0 && !node?.range; depth -= 1) {
        node = nodeAt(document, path.slice(0, depth));
      }
      const line = lines.linePos(node?.range?.[0] ?? 0).line || 1;
      list.push({ file, line, path: path.map(String).join('.'), message, remedy });
    };
  const report = noteIn(problems);
  const warn = noteIn(warnings ?? []);
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
  if (document.errors.length > 0) return { value: null, report, warn };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    report([], 'too many aliases', 'write the steps out');
    return { value: null, report, warn };
  }
  if (warnings) fillEnglish(content, [], warn);
  const parsed = schema.safeParse(content);
  if (parsed.success) return { value: parsed.data, report, warn };
  for (const issue of parsed.error.issues) reportIssue(issue, { report, shapes });
  return { value: null, report, warn };
}

/** A text without English is said in Chinese, and somebody is told. */
function fillEnglish(value: unknown, path: PropertyKey[], warn: Report): void {
  if (typeof value !== 'object' || value === null) return;
  if ('zh' in value && typeof value.zh === 'string' && !('en' in value)) {
    Object.assign(value, { en: value.zh });
    warn([...path, 'en'], 'there is no English text: Chinese is said instead', 'add "en"');
  }
  for (const [key, part] of Object.entries(value))
    fillEnglish(part, [...path, Array.isArray(value) ? Number(key) : key], warn);
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
