#!lua flags=allow-oom
-- Gives a lease back after a failed attempt, in a full Redis too; the conversation is ready again after a pause.
-- KEYS 1 meta 2 ready
-- ARGV 1 conversation 2 fence 3 pause ms 4 counts as a failure of the activity (1/0) 5 what went wrong
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then return { '0' } end
if ARGV[4] == '1' then
  redis.call('HINCRBY', KEYS[1], 'failures', 1)
else
  redis.call('HINCRBY', KEYS[1], 'attempts', -1)
end
local head = redis.call('HGET', KEYS[1], 'head') or ''
redis.call('HSET', KEYS[1], 'lease', 0, 'error', ARGV[5], 'errorOf', head)
redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[1])
return { '1' }
