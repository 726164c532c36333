#!lua flags=
-- Puts a conversation into the queue, unless it is there, or has left, at this epoch or a later one.
-- ARGV 1 conversation 2 epoch 3 score 4 item 5 lane: `<group>|<language>`
local now = clock()
local conversation, epoch, score, lane = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[5]
local known = tonumber(redis.call('HGET', P .. 'epochs', conversation) or '-1')
local buried = tonumber(redis.call('HGET', P .. 'tombstones', conversation) or '-1')
if epoch <= known or epoch <= buried then return 0 end
-- A hold stays over a change of place, as when the priority is raised while an agent thinks.
local held = redis.call('HGET', P .. 'holds', conversation)
local before = redis.call('HGET', P .. 'lanes', conversation)
if before then
  redis.call('ZREM', P .. 'open:' .. before, conversation)
  redis.call('ZREM', P .. 'wait:' .. string.match(before, '^(.*)|'), conversation)
end
redis.call('ZADD', P .. 'order', score, conversation)
redis.call('HSET', P .. 'items', conversation, ARGV[4])
redis.call('HSET', P .. 'epochs', conversation, ARGV[2])
redis.call('HSET', P .. 'lanes', conversation, lane)
redis.call('ZADD', P .. 'wait:' .. string.match(lane, '^(.*)|'), score, conversation)
redis.call('SADD', P .. 'known-lanes', lane)
if not held then redis.call('ZADD', P .. 'open:' .. lane, score, conversation) end
noteOwner(conversation, epoch, '', now)
return 1
