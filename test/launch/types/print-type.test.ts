import { z } from 'zod';
import { printType } from '../../../src/launch/types/print-type';

function print(schema: z.ZodType): string {
  const { $schema: _version, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return printType(json).replace(/\s+/g, ' ');
}

describe('a schema as a type', () => {
  it.each([
    [z.string().max(5), 'string'],
    [z.int().min(1), 'number'],
    [z.boolean(), 'boolean'],
    [z.unknown(), 'unknown'],
    [z.literal(0), '0'],
    [z.enum(['a', "it's"]), "'a' | 'it\\'s'"],
    [z.string().nullable(), 'string | null'],
    [z.array(z.string().nullable()), 'Array<string | null>'],
    [z.array(z.number()), 'number[]'],
    [z.record(z.string(), z.boolean()), 'Record<string, boolean>'],
    [
      z.object({ a: z.string(), b: z.int().optional(), c: z.int().default(1) }),
      '{ a: string; b?: number; c?: number; }',
    ],
    [z.object({ a: z.string().describe('Why.') }), '{ /** Why. */ a: string; }'],
  ])('is printed: %#', (schema, type) => {
    expect(print(schema)).toBe(type);
  });

  it('is not made up where it is not known', () => {
    expect(() => printType({ allOf: [{ type: 'string' }] })).toThrow(/no type is known/);
    expect(() => print(z.tuple([z.string()]))).toThrow(/no type is known/);
  });
});
