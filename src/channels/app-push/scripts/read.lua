#!lua flags=
-- Notes how far a customer has read; what waits or is shown is then looked at again at once.
-- KEYS 1 record 2 due  ARGV 1 conversation 2 position 3 now
if tonumber(ARGV[2]) <= tonumber(redis.call('HGET', KEYS[1], 'read') or '0') then return 0 end
redis.call('HSET', KEYS[1], 'read', ARGV[2])
redis.call('PEXPIRE', KEYS[1], 5184000000)
local time = redis.call('TIME')
local lease = tonumber(redis.call('HGET', KEYS[1], 'lease') or '0')
-- Whoever works on it finds that more was read when it wants to store what it did.
if redis.call('HGET', KEYS[1], 'open') == '1' and lease <= time[1] * 1000 + math.floor(time[2] / 1000) then
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
end
return 1
