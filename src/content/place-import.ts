import { yamlValue } from '../dialogs/edit/edit-yaml';
import { isContentPath } from './limits';

const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** What a YAML text says that it is, by what only such a file has. */
function placeByText(base: string, text: string): string | null {
  let value: unknown;
  try {
    value = yamlValue(text);
  } catch {
    // No YAML: its name may still tell where it belongs.
    return null;
  }
  if (Array.isArray(value))
    return typeof value[0] === 'object' && value[0] !== null && 'lines' in value[0]
      ? `dialogs/conversations/${base}`
      : null;
  if (typeof value !== 'object' || value === null) return null;
  const named =
    'id' in value && typeof value.id === 'string' && ID.test(value.id) ? `${value.id}.yaml` : base;
  if ('steps' in value) return `dialogs/${named}`;
  if ('examples' in value) return `intents/${named}`;
  return null;
}

const placeByEnding = (base: string): string | null =>
  base.endsWith('.md')
    ? `dialogs/knowledge/${base}`
    : base.endsWith('.csv')
      ? `dialogs/tables/${base}`
      : null;

/**
 * Where a file from somebody's disk belongs in the content: where its folders say, else by what it
 * holds, else where the only file of its name is. Null when nothing tells. `name` may have folders before it; `known`: the paths that are there.
 */
export function placeImport(name: string, text: string, known: readonly string[]): string | null {
  const parts = name.replaceAll('\\', '/').split('/');
  const paths = parts.map((_, i) => parts.slice(i).join('/'));
  const found = paths.find(isContentPath);
  if (found) return found;
  const base = parts.at(-1) ?? '';
  const same = known.filter((path) => path.endsWith(`/${base}`));
  const told = placeByEnding(base) ?? placeByText(base, text);
  if (told !== null && isContentPath(told)) return told;
  return same.length === 1 ? (same[0] ?? null) : null;
}
