import { LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { ContentProblem } from '../contract/problem';

/** Notes a problem at a path of the file; the line is found from it. */
export type Report = (path: PropertyKey[], message: string, remedy: string) => void;

/** A file of content is small; a bomb of aliases is none. */
const MAX_ALIASES = 200;

/**
 * Reads a file of `intents/entities/` against its schema, which stands in the file `shapes`. Every problem is added to
 * the list with its line, none is thrown; the value is null when there is any.
 */
export function readYamlFile<T>(
  { file, text, shapes }: { file: string; text: string; shapes: string },
  schema: z.ZodType<T>,
  problems: ContentProblem[],
): { value: T | null; report: Report } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const report: Report = (path, message, remedy) => {
    const line = lines.linePos(offsetOf(document, path)).line || 1;
    problems.push({ file, line, path: path.map(String).join('.'), message, remedy });
  };
  for (const { message, pos } of document.errors) {
    const [reason = message] = message.split('\n');
    const { line } = lines.linePos(pos[0]);
    problems.push({ file, line, path: '', message: reason, remedy: 'mend the YAML' });
  }
  if (document.errors.length > 0) return { value: null, report };
  const parsed = schema.safeParse(contentOf(document, report));
  if (parsed.success) return { value: parsed.data, report };
  for (const { path, message } of parsed.error.issues) report(path, message, `see ${shapes} for the shape`);
  return { value: null, report };
}

function contentOf(document: ReturnType<typeof parseDocument>, report: Report): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    report([], 'too many aliases', 'write it out');
    return null;
  }
}

/** Where the nearest node of a path begins: what is missing is reported where it should stand. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    // Zod's paths hold names and positions only.
    const node = document.getIn(path.slice(0, depth) as (string | number)[], true) as Node | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}
