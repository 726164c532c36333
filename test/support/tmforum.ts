import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The specification as TM Forum publishes it; null where it is not at hand. */
const FILE = join(__dirname, '../../../shared/data/tmforum/TMF621-Trouble_Ticket-v5.0.1.oas.yaml');

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  type?: string;
  enum?: unknown[];
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
}

export interface Specification {
  components: { schemas: Record<string, Schema>; examples: Record<string, { value: unknown }> };
}

/** Says so, and answers null, where the file is absent. */
export function readTmf621(): Specification | null {
  if (existsSync(FILE)) return parse(readFileSync(FILE, 'utf8'));
  console.log('The TMF621 specification is not on this machine: tickets are not checked against it.');
  return null;
}

/** Where a value breaks a schema: types, required and unknown properties, enumerations, times. */
export function problemsWith(spec: Specification, name: string, value: unknown): string[] {
  const { schemas } = spec.components;
  const named = (ref: string): Schema => schemas[ref.split('/').at(-1) ?? ''] ?? {};

  /** The schema with everything that it is made of, by the type that the value says it has. */
  function whole(schema: Schema, said: unknown, seen: Set<string>): Schema[] {
    if (schema.$ref) {
      if (seen.has(schema.$ref)) return [];
      return whole(named(schema.$ref), said, new Set([...seen, schema.$ref]));
    }
    const { mapping, propertyName } = schema.discriminator ?? {};
    const type = propertyName ? (said as Record<string, unknown> | null)?.[propertyName] : undefined;
    const more = typeof type === 'string' ? mapping?.[type] : undefined;
    return [
      schema,
      ...(schema.allOf ?? []).flatMap((part) => whole(part, said, seen)),
      ...(more && !seen.has(more) ? whole(named(more), said, new Set([...seen, more])) : []),
    ];
  }

  function check(schema: Schema, given: unknown, path: string): string[] {
    const parts = whole(schema, given, new Set());
    const types = parts.flatMap(({ type }) => type ?? []);
    if (types.includes('array')) {
      if (!Array.isArray(given)) return [`${path}: no array`];
      const items = parts.find((part) => part.items)?.items ?? {};
      return given.flatMap((item, i) => check(items, item, `${path}[${i}]`));
    }
    if (types.includes('object')) return checkObject(parts, given, path);
    if (types.includes('string') && typeof given !== 'string') return [`${path}: no string`];
    const isTime = parts.some(({ format }) => format === 'date-time');
    if (isTime && Number.isNaN(Date.parse(String(given)))) return [`${path}: no time`];
    const choice = parts.find((part) => part.enum)?.enum;
    return choice && !choice.includes(given) ? [`${path}: ${given} is none of ${choice}`] : [];
  }

  function checkObject(parts: Schema[], given: unknown, path: string): string[] {
    if (typeof given !== 'object' || given === null) return [`${path}: no object`];
    const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {}));
    const missing = parts.flatMap(({ required = [] }) => required).filter((each) => !(each in given));
    return [
      ...missing.map((each) => `${path}.${each}: missing`),
      ...Object.entries(given).flatMap(([key, each]) =>
        properties[key] ? check(properties[key], each, `${path}.${key}`) : [`${path}.${key}: unknown`],
      ),
    ];
  }

  return [...new Set(check(named(name), value, name))];
}
