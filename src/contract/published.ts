import { z } from 'zod';
import {
  activitySchema,
  attachmentSchema,
  cardActionSchema,
  localeSchema,
  participantSchema,
} from './activity';
import { fromAppSchema, toAppSchema } from './app-bridge';
import { appPushSchema } from './app-push';
import {
  activitySetSchema,
  conversationTokenSchema,
  postedSchema,
  refusedSchema,
  startedConversationSchema,
  tokenRequestSchema,
} from './direct-line';

/** What integrators get types of, by the name of the type: `npm run types` writes them, a test keeps them alike. */
export const published: Record<string, z.ZodType> = {
  Locale: localeSchema,
  Participant: participantSchema,
  Attachment: attachmentSchema,
  CardAction: cardActionSchema,
  Activity: activitySchema,
  TokenRequest: tokenRequestSchema,
  ConversationToken: conversationTokenSchema,
  StartedConversation: startedConversationSchema,
  ActivitySet: activitySetSchema,
  Posted: postedSchema,
  Refused: refusedSchema,
  ToApp: toAppSchema,
  FromApp: fromAppSchema,
  AppPush: appPushSchema,
};

/** As JSON Schema (2020-12), what is sent to us as well as what we send; a named one is a `$ref` within another. */
export function jsonSchemas(refTo: (name: string) => string): Record<string, z.core.JSONSchema.BaseSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(published)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    uri: refTo,
    io: 'input',
    override: ({ jsonSchema }) => tidy(jsonSchema),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _version, $id: _id, ...schema }]) => [name, schema]),
  );
}

/** What says nothing beside its format or its type. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}
