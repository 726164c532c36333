#!lua flags=
-- Puts a conversation into the queue, unless it is there, or has left, at this epoch or a later one.
-- KEYS 1 order 2 items 3 epochs 4 tombstones
-- ARGV 1 conversation 2 epoch 3 score 4 item
local epoch = tonumber(ARGV[2])
local known = tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or '-1')
local buried = tonumber(redis.call('HGET', KEYS[4], ARGV[1]) or '-1')
if epoch <= known or epoch <= buried then return 0 end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
return 1
