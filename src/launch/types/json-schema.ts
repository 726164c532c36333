import { z } from 'zod';

/** A zod schema as OpenAPI takes it: what is sent (`input`) or answered (`output`). */
export function jsonSchemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  /** Schemas with a name of their own, which stand in `$defs`; none unless told otherwise. */
  named?: z.core.$ZodRegistry<{ id: string }>,
): object {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, {
    io,
    ...(named ? { metadata: named } : {}),
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return rest;
}
