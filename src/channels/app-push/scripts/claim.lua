#!lua flags=
-- Takes a conversation that is due, for as long as a lease by the clock of Redis; should its holder die it is due again.
-- KEYS 1 record 2 due 3 reader  ARGV 1 conversation 2 now 3 lease ms
-- Answers {} or {fence, revision, read, reader is here (1/0), record}
local due = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not due or tonumber(due) > tonumber(ARGV[2]) then return {} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if tonumber(redis.call('HGET', KEYS[1], 'lease') or '0') > now then return {} end
local record = redis.call('HGET', KEYS[1], 'record')
if not record then
  redis.call('ZREM', KEYS[2], ARGV[1])
  return {}
end
redis.call('HSET', KEYS[1], 'lease', now + ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[2] + ARGV[3], ARGV[1])
return { tostring(redis.call('HINCRBY', KEYS[1], 'fence', 1)), redis.call('HGET', KEYS[1], 'revision') or '0',
  redis.call('HGET', KEYS[1], 'read') or '0', tostring(redis.call('EXISTS', KEYS[3])), record }
