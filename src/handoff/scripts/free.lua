#!lua flags=
-- Lets go what an agent holds.
-- KEYS 1 holds
-- ARGV 1 conversation 2 agent
local hold = redis.call('HGET', KEYS[1], ARGV[1])
if not hold or string.match(hold, '^%d+|(.*)$') ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])
