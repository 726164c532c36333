#!lua flags=
-- Notes a sign of an agent, or (without one) answers who is online.
-- KEYS 1 seen by time 2 away
-- ARGV 1 how long a sign counts, ms 2 sign or '' 3 agent
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[1]))
if ARGV[2] == '' then return redis.call('ZRANGE', KEYS[1], 0, -1) end
if ARGV[2] == 'away' then
  redis.call('SADD', KEYS[2], ARGV[3])
  redis.call('ZREM', KEYS[1], ARGV[3])
  return {}
end
if ARGV[2] == 'online' then redis.call('SREM', KEYS[2], ARGV[3]) end
if redis.call('SISMEMBER', KEYS[2], ARGV[3]) == 0 then redis.call('ZADD', KEYS[1], now, ARGV[3]) end
return {}
