#!lua flags=
-- Ends the wait for a passive reply: what was not claimed by now goes by API, and the given answer is stored.
-- KEYS 1 slots 2 slot  ARGV 1 turn 2 answer
-- Answers the answer that stands
redis.call('ZREM', KEYS[1], ARGV[1])
local answer = redis.call('HGET', KEYS[2], 'answer')
if answer then return answer end
redis.call('HSET', KEYS[2], 'answer', ARGV[2])
return ARGV[2]
