import { z } from 'zod';
import { type ApiName, apiNames, operatorApi } from '../../contract/operator-api';
import { callbackAnswerSchema, callbackSchema } from '../../contract/operator-orders';
import { jsonSchemaOf } from './json-schema';

const DESCRIPTION = `The operator's server answers these calls below the address in OPERATOR_URL; the bot makes them.
docs/operator.md says when, and what happens when one fails. Times are milliseconds since 1970 UTC, money is in yuan.
Phones and addresses come from customers: they are text, and may be hostile.`;

const SIGNATURE = `One or two signatures, separated by commas: v1= and the HMAC-SHA256 in hex over the timestamp, the path \
below the address, the Idempotency-Key (or nothing) and the body as it came, joined by full stops. There are two while \
the secret is being changed; one of them must fit.`;

const header = (name: string, description: string, schema: object, required = true) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', ...schema },
});

const parameters = {
  Timestamp: header(
    'X-Operator-Timestamp',
    'When this attempt was signed, in seconds since 1970 UTC. Refuse what is older or newer by more than 300.',
    { pattern: '^\\d{1,12}$' },
  ),
  Signature: header('X-Operator-Signature', SIGNATURE, {
    examples: ['v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd'],
  }),
  Key: header(
    'Idempotency-Key',
    'The same key is the same act, however often it arrives: it is answered as the first time.',
    { maxLength: 200 },
  ),
};

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const refTo = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });
const json = (schema: object) => ({ 'application/json': { schema } });

/** One call as an OpenAPI path. */
function pathOf(name: ApiName): object {
  const { summary, isAct } = operatorApi[name];
  return {
    post: {
      operationId: name,
      summary,
      security: [{ signature: [] }],
      parameters: ['Timestamp', 'Signature', ...(isAct ? ['Key'] : [])].map((each) =>
        refTo('parameters', each),
      ),
      requestBody: { required: true, content: json(refTo('schemas', `${capital(name)}Request`)) },
      responses: {
        '200': {
          description: isAct ? 'Done, now or before.' : 'What there is.',
          content: json(refTo('schemas', `${capital(name)}Answer`)),
        },
        '401': { description: 'The signature does not fit. Not tried again.' },
        '429': refTo('responses', 'Busy'),
        '503': refTo('responses', 'Busy'),
        '4XX': { description: 'Refused; the same call is not made again.' },
        '5XX': {
          description: 'Nobody knows what has happened: it is tried again, with the same key.',
        },
      },
    },
  };
}

const refused = (description: string) => ({ description, content: json(refTo('schemas', 'Refused')) });

/** What the operator's systems call at the bot. */
const callbackPath = {
  servers: [{ url: 'https://bot.operator.example', description: "The bot's server." }],
  post: {
    operationId: 'sendCallback',
    summary: 'Tells what happened to a work order.',
    description:
      'Signed as the calls are, without an Idempotency-Key: the id in the body is the key. Send it again until it is answered.',
    security: [{ signature: [] }],
    parameters: [refTo('parameters', 'Timestamp'), refTo('parameters', 'Signature')],
    requestBody: { required: true, content: json(refTo('schemas', 'CallbackRequest')) },
    responses: {
      '200': {
        description: 'It is durable, now or before.',
        content: json(refTo('schemas', 'CallbackAnswer')),
      },
      '400': refused('It does not fit the schema.'),
      '401': refused('The signature does not fit, or is older than 300 seconds.'),
      '404': refused('There is no such order.'),
      '409': refused('Not from where the order stands.'),
      '422': refused('A reading outside of the standard, or a visit that cannot be.'),
      '5XX': refused('Nothing is known to have changed: send it again.'),
    },
  },
};

const refusedSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The calls that the operator's server answers, as an OpenAPI document. */
export function operatorDocument(): object {
  const schemas: [string, object][] = apiNames.flatMap((name) => [
    [`${capital(name)}Request`, jsonSchemaOf(operatorApi[name].request, 'input')],
    [`${capital(name)}Answer`, jsonSchemaOf(operatorApi[name].answer, 'input')],
  ]);
  schemas.push(
    ['CallbackRequest', jsonSchemaOf(callbackSchema, 'input')],
    ['CallbackAnswer', jsonSchemaOf(callbackAnswerSchema, 'input')],
    ['Refused', jsonSchemaOf(refusedSchema, 'input')],
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Operator',
      version: '1.0.0',
      summary: 'What a telecom operator answers to its customer-service bot.',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'https://crm.operator.example/bot', description: "The operator's server." }],
    paths: {
      ...Object.fromEntries(apiNames.map((name) => [operatorApi[name].path, pathOf(name)])),
      '/operator/callbacks': callbackPath,
    },
    components: {
      securitySchemes: {
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Operator-Signature',
          description: 'HMAC-SHA256 with OPERATOR_SECRET; see the parameters.',
        },
      },
      parameters,
      responses: {
        Busy: {
          description: 'Not now: it is tried again, not before Retry-After.',
          headers: { 'Retry-After': { description: 'Seconds, or a date.', schema: { type: 'string' } } },
        },
      },
      schemas: Object.fromEntries(schemas),
    },
  };
}
