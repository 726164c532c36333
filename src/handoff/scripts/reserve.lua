#!lua flags=
-- Holds a conversation of the queue for one agent, for a while.
-- KEYS 1 order 2 holds
-- ARGV 1 conversation 2 agent 3 how long, ms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 'gone' end
local hold = redis.call('HGET', KEYS[2], ARGV[1])
if hold then
  local untilAt, agent = string.match(hold, '^(%d+)|(.*)$')
  if tonumber(untilAt) > now and agent ~= ARGV[2] then return 'taken' end
end
redis.call('HSET', KEYS[2], ARGV[1], string.format('%.0f', now + tonumber(ARGV[3])) .. '|' .. ARGV[2])
return 'reserved'
