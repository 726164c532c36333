import type { z } from 'zod';

/** The part of JSON Schema (2020-12) that zod writes for the contract. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * A JSON Schema as a TypeScript type, not laid out. What has no type of its own (lengths, patterns, defaults) is left to the schema.
 * Throws for what it does not know, rather than print a type that promises something else.
 */
export function printType(schema: JsonSchema, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return union(schema.enum.map(literal));
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return union(options.map((option) => printType(whole(option), indent)));
  const types = [schema.type].flat();
  if (types.length > 1) return union(types.map((type) => printType({ ...schema, type }, indent)));
  switch (types[0]) {
    case 'object':
      return printObject(schema, indent);
    case 'array':
      return arrayOf(printType(whole(schema.items), indent));
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return types[0];
    case undefined:
      if (Object.keys(schema).every((key) => key === 'description')) return 'unknown';
  }
  throw new Error(`no type is known for ${JSON.stringify(schema)}`);
}

const more = (indent: string): string => `${indent}  `;

const union = (members: string[]): string => members.join(' | ');

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replace(/['\\]/g, '\\$&')}'` : JSON.stringify(value);

/** Schemas may also be `true` or `false`, and lists of items; zod writes neither. */
function whole(schema: JsonSchema['items'] | JsonSchema['not']): JsonSchema {
  if (typeof schema === 'object' && !Array.isArray(schema)) return schema;
  throw new Error(`no type is known for ${JSON.stringify(schema)}`);
}

const arrayOf = (item: string): string => (/[|\n]/.test(item) ? `Array<${item}>` : `${item}[]`);

function printObject(
  { properties, required = [], additionalProperties }: JsonSchema,
  indent: string,
): string {
  if (properties === undefined) {
    const values = additionalProperties ? printType(whole(additionalProperties), indent) : 'unknown';
    return `Record<string, ${values}>`;
  }
  const inner = more(indent);
  const lines = Object.entries(properties).map(([name, property]) => {
    const schema = whole(property);
    const mark = required.includes(name) ? '' : '?';
    return `${comment(schema, inner)}${inner}${name}${mark}: ${printType(schema, inner)};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** What the schema says of itself, as documentation. */
export const comment = ({ description }: JsonSchema, indent = ''): string =>
  description === undefined ? '' : `${indent}/** ${description} */\n`;
