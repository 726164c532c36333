#!lua flags=
-- Lets go what an agent holds.
-- ARGV 1 conversation 2 agent 3 for how long it is not offered to them again, ms; 0: at once
local now = clock()
local held = redis.call('HGET', P .. 'holds', ARGV[1])
if not held or string.match(held, '^%d+|(.*)$') ~= ARGV[2] then return 0 end
unhold(ARGV[1], now)
local pause = tonumber(ARGV[3])
if pause > 0 then
  refuse(ARGV[1], ARGV[2], now + pause, now)
  redis.call('HDEL', P .. 'misses', ARGV[2])
end
return 1
