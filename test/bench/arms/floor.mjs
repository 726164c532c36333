/**
 * (b) The floor: restify, a JSON body, and the two round trips to Redis that a durable turn cannot do without: one to
 * load, one script that writes 2 KB of state if its version is the expected one and appends to a stream.
 */
import { Redis } from 'ioredis';
import restify from 'restify';
import { serveArm } from './serve.mjs';

/** Bytes of the state as JSON. */
const STATE_BYTES = 2048;
const COMMIT = `
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1] + 1, 'state', ARGV[2])
redis.call('XADD', KEYS[2], '*', 'a', ARGV[3])
return 1`;

const redis = new Redis(process.env.REDIS_URL);
redis.defineCommand('commitTurn', { numberOfKeys: 2, lua: COMMIT });
const padding = 'x'.repeat(STATE_BYTES - '{"turns":,"padding":""}'.length);

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/turn/:id', async (request, response) => {
  const key = `floor:${request.params.id}`;
  const [version, state] = await redis.hmget(key, 'version', 'state');
  const turns = state ? JSON.parse(state).turns + 1 : 1;
  const next = JSON.stringify({ turns, padding: padding.slice(String(turns).length) });
  const isCommitted = await redis.commitTurn(
    key,
    `${key}:log`,
    version ?? '0',
    next,
    JSON.stringify(request.body),
  );
  response.send(isCommitted ? 200 : 409, { text: `re: ${request.body.text}` });
});
server.listen(0, '127.0.0.1', () => serveArm(server.address().port));
