#!lua flags=
-- Takes a conversation out of the queue, unless it was put in again since, and remembers that it left and to whom.
-- ARGV 1 conversation 2 epoch 3 how long a tombstone is kept, ms 4 agent, '' for nobody, '?' for unknown
-- 5 how long it is remembered who was served, ms
local now = clock()
local conversation, epoch, agent = ARGV[1], tonumber(ARGV[2]), ARGV[4]
local known = tonumber(redis.call('HGET', P .. 'epochs', conversation) or '-1')
local buried = tonumber(redis.call('HGET', P .. 'tombstones', conversation) or '-1')
if epoch >= known and epoch >= buried and agent ~= '?' then noteOwner(conversation, epoch, agent, now) end
if epoch >= buried then
  redis.call('HSET', P .. 'tombstones', conversation, ARGV[2])
  redis.call('ZADD', P .. 'tombstones-at', now, conversation)
end
local old = redis.call('ZRANGEBYSCORE', P .. 'tombstones-at', '-inf', now - tonumber(ARGV[3]), 'LIMIT', 0, 32)
for _, each in ipairs(old) do
  redis.call('HDEL', P .. 'tombstones', each)
  redis.call('ZREM', P .. 'tombstones-at', each)
end
if known < 0 or known > epoch then return 0 end
local group = leaveLines(conversation, now)
redis.call('ZREM', P .. 'order', conversation)
redis.call('HDEL', P .. 'items', conversation)
redis.call('HDEL', P .. 'epochs', conversation)
redis.call('DEL', P .. 'no:' .. conversation)
if group and agent ~= '' and agent ~= '?' then
  local served = P .. 'served:' .. group
  redis.call('ZADD', served, now, conversation .. '@' .. ARGV[2])
  redis.call('ZREMRANGEBYSCORE', served, '-inf', now - tonumber(ARGV[5]))
end
return 1
