#!lua flags=
-- Takes a conversation out of the queue, unless it was put in again since, and remembers that it left.
-- KEYS 1 order 2 items 3 epochs 4 tombstones 5 tombstones by time 6 holds
-- ARGV 1 conversation 2 epoch 3 how long a tombstone is kept, ms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local epoch = tonumber(ARGV[2])
if epoch >= tonumber(redis.call('HGET', KEYS[4], ARGV[1]) or '-1') then
  redis.call('HSET', KEYS[4], ARGV[1], ARGV[2])
  redis.call('ZADD', KEYS[5], now, ARGV[1])
end
local old = redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', now - tonumber(ARGV[3]), 'LIMIT', 0, 32)
for _, conversation in ipairs(old) do
  redis.call('HDEL', KEYS[4], conversation)
  redis.call('ZREM', KEYS[5], conversation)
end
local known = redis.call('HGET', KEYS[3], ARGV[1])
if not known or tonumber(known) > epoch then return 0 end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('HDEL', KEYS[6], ARGV[1])
return 1
