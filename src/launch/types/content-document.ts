import { z } from 'zod';
import { type ContentCall, contentApi, refusedSchema } from '../../contract/content-api';
import {
  blockerSchema,
  contentProblemSchema,
  contentTokenSchema,
  contentVersionSchema,
  draftSchema,
  publishedSchema,
} from '../../contract/content-editing';
import { trialSchema } from '../../contract/content-trial';
import { lineProblemSchema } from '../../contract/script-problem';
import { jsonSchemaOf } from './json-schema';

const DESCRIPTION = `By this API the editor changes what the bot says, understands and promises, and CI pushes content from git.
docs/content.md says what the calls are for and what happens to conversations that run. Times are ISO 8601 UTC unless said otherwise.`;

/** What is answered in many places, by its name. */
const NAMED = {
  Blocker: blockerSchema,
  Draft: draftSchema,
  LineProblem: lineProblemSchema,
  Problem: contentProblemSchema,
  Published: publishedSchema,
  Refused: refusedSchema,
  Token: contentTokenSchema,
  Trial: trialSchema,
  Version: contentVersionSchema,
};
const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id });

const withNames = (schema: z.ZodType): { $defs?: Record<string, object> } =>
  JSON.parse(
    JSON.stringify(jsonSchemaOf(schema, 'output', names)).replaceAll('#/$defs/', '#/components/schemas/'),
  );

/** An answer; what has a name stands among the components. */
function answerSchema(schema: z.ZodType): object {
  const own = names.get(schema);
  if (own) return { $ref: `#/components/schemas/${own.id}` };
  const { $defs: _named, ...rest } = withNames(schema);
  return rest;
}

const json = (schema: object) => ({ 'application/json': { schema } });
const refusal = (description: string, schema: z.ZodType = refusedSchema) => ({
  description,
  content: json(answerSchema(schema)),
});

/** `/drafts/{id}/approve` by post → `postDraftsApprove`. */
const operationIdOf = ({ method, path }: ContentCall): string =>
  method +
  path
    .replace(/\{\w+\}$/, 'one')
    .replace(/\{\w+\}/g, '')
    .replace(/[/-]+(\w)/g, (_, letter: string) => letter.toUpperCase());

function parametersOf({ path, query = {} }: ContentCall): object[] {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: jsonSchemaOf(schema, 'input'),
  }));
  return [...named, ...asked];
}

function operationOf(call: ContentCall): object {
  const { summary, permission, request, status, answer, refusals = {}, isForPeople } = call;
  const parameters = parametersOf(call);
  return {
    operationId: operationIdOf(call),
    summary,
    description: `For whoever has \`${permission}\`.`,
    security: [{ signIn: [] }, ...(isForPeople ? [] : [{ token: [] }])],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(request ? { requestBody: { required: true, content: json(jsonSchemaOf(request, 'input')) } } : {}),
    responses: {
      [status]: { description: 'Done.', content: json(answerSchema(answer)) },
      '400': refusal('It does not fit, and nothing was changed.'),
      '401': refusal('Nobody is signed in, or the token is over.'),
      '403': refusal('The role may not do this.'),
      '404': refusal('It is not there.'),
      '409': refusal('It is another by now, and nothing was changed.', refusals[409]),
      ...(refusals[422]
        ? { '422': refusal('It was not published: everything that stands in the way.', refusals[422]) }
        : {}),
      '5XX': refusal('Nothing is known to have changed.'),
    },
  };
}

/** The API of content as an OpenAPI document. */
export function contentDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const call of contentApi) {
    const path = `/admin/content${call.path}`;
    paths[path] = { ...paths[path], [call.method]: operationOf(call) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Content',
      version: '1.0.0',
      summary: 'Drafts, trials, versions and publishing of what the bot says and understands.',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'https://bot.operator.example', description: "The bot's server." }],
    paths,
    components: {
      securitySchemes: {
        signIn: {
          type: 'apiKey',
          in: 'cookie',
          name: 'bot_sign_in',
          description: 'Of whoever signed in at /admin.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'A token of POST /admin/content/tokens.' },
      },
      schemas: withNames(z.object(NAMED)).$defs ?? {},
    },
  };
}
