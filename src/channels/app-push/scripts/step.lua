#!lua flags=
-- Stores a new record, unless anything that it was based on has changed. Validates first, writes last.
-- KEYS 1 record 2 due 3 records 4 dead
-- ARGV 1 conversation 2 revision 3 new record 4 is open (1/0) 5 what else, as JSON 6 schema
--   fence, read: must still be these; lease: ms by which it is kept; release, dueAt: it is given back, and looked at then
--   lookAt: without a lease: looked at by then; facts: list of {id, fact}; letter: {id, dead letter}
-- Answers 'ok', 'changed' or 'lost'
local ops = cjson.decode(ARGV[5])
if ops.fence and redis.call('HGET', KEYS[1], 'fence') ~= ops.fence then return 'lost' end
if (redis.call('HGET', KEYS[1], 'revision') or '0') ~= ARGV[2] then return 'changed' end
if ops.read and (redis.call('HGET', KEYS[1], 'read') or '0') ~= ops.read then return 'changed' end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'record', ARGV[3], 'open', ARGV[4], 'revision', ARGV[2] + 1)
redis.call('PEXPIRE', KEYS[1], 5184000000)
if ops.lease then redis.call('HSET', KEYS[1], 'lease', now + ops.lease) end
if ops.release then
  redis.call('HSET', KEYS[1], 'lease', 0)
  if ops.dueAt then redis.call('ZADD', KEYS[2], ops.dueAt, ARGV[1]) else redis.call('ZREM', KEYS[2], ARGV[1]) end
end
-- Whoever holds the lease finds the new revision.
if ops.lookAt and tonumber(redis.call('HGET', KEYS[1], 'lease') or '0') <= now then
  redis.call('ZADD', KEYS[2], 'LT', ops.lookAt, ARGV[1])
end
for _, fact in ipairs(ops.facts or {}) do
  redis.call('XADD', KEYS[3], '*', 'c', ARGV[1], 't', fact[1], 'r', fact[2], 'v', ARGV[6])
end
if ops.letter then redis.call('HSET', KEYS[4], ops.letter[1], ops.letter[2]) end
return 'ok'
