import { parse } from 'yaml';
import { z } from 'zod';
import { splitArticle } from '../../dialogs/knowledge/split-article';
import { TABLE_FOLDER } from '../table-files';
import { differInOwnRows } from './rows-of-others';

const areasSchema = z.object({ areas: z.array(z.string()).min(1) });

/** Whether an answer is told in one's own places only. */
export function isOwnArticle(text: string, own: ReadonlySet<string>): boolean {
  const { head } = splitArticle(text);
  if (head === null) return false;
  const found = areasSchema.safeParse(readHead(head));
  return found.success && found.data.areas.every((area) => own.has(area));
}

/** Null for what is no YAML: nobody knows where it would be told. */
function readHead(head: string): unknown {
  try {
    return parse(head);
  } catch {
    return null;
  }
}

/** A file before and after; null where it is not there. */
export interface FileChange {
  path: string;
  before: string | null;
  after: string | null;
}

/**
 * Whether somebody who is limited to places may change a file so: rows of their places in tables, and answers that are told
 * there only, before and after. Nothing else, whatever it is.
 */
export function isOwnChange({ path, before, after }: FileChange, own: ReadonlySet<string>): boolean {
  if (before === after) return true;
  if (path.startsWith(`${TABLE_FOLDER}/`))
    return before !== null && after !== null && differInOwnRows(before, after, own);
  if (!path.startsWith('dialogs/knowledge/')) return false;
  return [before, after].every((text) => text === null || isOwnArticle(text, own));
}
