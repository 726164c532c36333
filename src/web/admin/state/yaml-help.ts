import { z } from 'zod';
import { type Dialog, dialogSchema } from '../../../dialogs/schema';

/** A part of the JSON schema that zod makes of a dialog. */
interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  $ref?: string;
  $defs?: Record<string, Shape>;
}

let whole: Shape | null = null;
/** Made once, when it is first asked for. */
function schemaOf(): Shape {
  whole ??= z.toJSONSchema(dialogSchema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return whole;
}

export interface YamlPlace {
  /** Keys from the top to the line, list places as numbers. */
  path: (string | number)[];
  /** The key of the line when its value is being written; null when the key is. */
  key: string | null;
  /** What is being written, and where it begins. */
  word: string;
  from: number;
  /** The `type` of the step that the line belongs to. */
  kind: string | null;
}

/** Where in a dialog's YAML a position is, by the indents above it: it need not be valid while one types. */
export function placeAt(text: string, at: number): YamlPlace {
  const before = text.slice(0, at);
  const lines = before.split('\n');
  const line = lines.at(-1) ?? '';
  const found = /^(\s*(?:-\s+)?)(?:([\w-]+):\s+)?(.*)$/.exec(line);
  const [, lead = '', key = null, word = ''] = found ?? [];
  const path: (string | number)[] = [];
  let indent = lead.length;
  if (/-/.test(lead)) path.unshift(0);
  for (let i = lines.length - 2; i >= 0 && indent > 0; i -= 1) {
    const above = /^(\s*)(-\s+)?([\w-]+):/.exec(lines[i] ?? '');
    if (!above) continue;
    const [, space = '', dash = '', name = ''] = above;
    const own = space.length + dash.length;
    if (own < indent && !(dash && own === indent)) {
      path.unshift(name);
      indent = own;
    }
    if (dash && space.length < indent) {
      if (own <= indent) path.unshift(0);
      indent = Math.min(indent, space.length + 1);
    }
  }
  return { path: tidy(path), key, word, from: at - word.length, kind: kindAround(text, at) };
}

/** Two places in a row of one list are one. */
const tidy = (path: (string | number)[]): (string | number)[] =>
  path.filter((part, i) => !(typeof part === 'number' && typeof path[i + 1] === 'number'));

function kindAround(text: string, at: number): string | null {
  const start = text.lastIndexOf('\n  - id:', at);
  if (start < 0) return null;
  const next = text.indexOf('\n  - id:', start + 1);
  return /^\s+type:\s*([\w-]+)/m.exec(text.slice(start + 1, next < 0 ? undefined : next))?.[1] ?? null;
}

const resolved = (shape: Shape | undefined): Shape | undefined =>
  shape?.$ref ? schemaOf().$defs?.[shape.$ref.replace('#/$defs/', '')] : shape;

const branchesOf = (shape: Shape): Shape[] =>
  (shape.anyOf ?? shape.oneOf)?.flatMap((each) => branchesOf(resolved(each) ?? each)) ?? [shape];

function below(shape: Shape, part: string | number, kind: string | null): Shape[] {
  return branchesOf(shape).flatMap((each) => {
    const constant = each.properties?.type?.const;
    if (kind !== null && typeof constant === 'string' && constant !== kind) return [];
    const next =
      typeof part === 'number'
        ? each.items
        : (each.properties?.[part] ??
          (typeof each.additionalProperties === 'object' ? each.additionalProperties : undefined));
    const found = resolved(next);
    return found ? [found] : [];
  });
}

const STEP_KEYS = new Set(['next', 'onFail', 'otherwise', 'onTimeout', 'onError', 'resumeAt']);
const SLOT_KEYS = new Set(['slot', 'saveAs']);

export interface Names {
  dialog: Dialog | null;
  dialogs: string[];
  intents: string[];
  articles: string[];
}

/** What can stand at a place: keys of the schema, and names of what there is. */
export function suggest(place: YamlPlace, names: Names): { words: string[]; isKey: boolean } {
  const shapes = place.path.reduce<Shape[]>(
    (found, part) => found.flatMap((shape) => below(shape, part, place.kind)),
    [schemaOf()],
  );
  if (place.key === null) {
    const parent = place.path.at(-1) === 0 ? place.path.at(-2) : place.path.at(-1);
    if (parent === 'intents') return { words: names.intents, isKey: false };
    const keys = shapes.flatMap((shape) =>
      branchesOf(shape).flatMap((each) =>
        isOfKind(each, place.kind) ? Object.keys(each.properties ?? {}) : [],
      ),
    );
    return { words: [...new Set(keys)], isKey: true };
  }
  return { words: valuesOf(place.key, shapes, place.kind, names), isKey: false };
}

const isOfKind = ({ properties }: Shape, kind: string | null): boolean =>
  kind === null || typeof properties?.type?.const !== 'string' || properties.type.const === kind;

function valuesOf(key: string, shapes: Shape[], kind: string | null, names: Names): string[] {
  if (STEP_KEYS.has(key)) return names.dialog?.steps.map(({ id }) => id) ?? [];
  if (SLOT_KEYS.has(key)) return Object.keys(names.dialog?.slots ?? {});
  if (key === 'dialog') return names.dialogs;
  if (key === 'article') return names.articles;
  const found = shapes
    .flatMap((shape) => below(shape, key, key === 'type' ? null : kind))
    .flatMap(branchesOf);
  const values = found.flatMap(({ enum: all, const: only, type }) =>
    all ? all.map(String) : only !== undefined ? [String(only)] : type === 'boolean' ? ['true', 'false'] : [],
  );
  return [...new Set(values)];
}
